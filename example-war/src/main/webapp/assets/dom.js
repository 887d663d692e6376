/** Elements, and texts in two languages. What comes from elsewhere gets in as text only. */
import {messages} from './messages.js';

let language = 'en';

export const byId = (id) => document.getElementById(id);

/** An element; attributes that are false or missing are left out, functions are listeners. */
export function el(name, attributes = {}, ...content) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(key, value);
    } else if (value !== undefined && value !== false) {
      element.setAttribute(key, value === true ? '' : value);
    }
  }
  element.append(...content);
  return element;
}

/** Sets a text that follows the language. */
export function put(element, key, values = {}) {
  element.dataset.t = key;
  element.dataset.values = JSON.stringify(values);
  element.textContent = translated(key, values);
  return element;
}

/** An element with a text that follows the language. */
export const word = (name, key, values, attributes) => put(el(name, attributes), key, values);

/** An instant, in the words of the language. */
export function time(instant) {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? el('span', {}, '—') : inWords(el('time', {datetime: date.toISOString()}));
}

function inWords(element) {
  const format = new Intl.DateTimeFormat(language, {dateStyle: 'medium', timeStyle: 'medium'});
  element.textContent = format.format(new Date(element.dateTime));
  return element;
}

function translated(key, values) {
  return (messages[language][key] ?? key).replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

/** Shows all texts in another language; kept in the address, so that a link or a reload shows the same. */
export function speak(chosen) {
  language = chosen;
  document.documentElement.lang = chosen;
  document.title = translated('page.title', {});
  for (const element of document.querySelectorAll('[data-t]')) {
    element.textContent = translated(element.dataset.t, JSON.parse(element.dataset.values ?? '{}'));
  }
  document.querySelectorAll('time').forEach(inWords);
  for (const button of document.querySelectorAll('[data-language]')) {
    button.setAttribute('aria-pressed', String(button.dataset.language === chosen));
  }
}

/** The language of the address, else the browser's, and buttons for another. */
export function chooseLanguage() {
  const address = new URL(location.href);
  const wanted = address.searchParams.get('lang') ?? navigator.language;
  for (const button of document.querySelectorAll('[data-language]')) {
    button.addEventListener('click', () => {
      address.searchParams.set('lang', button.dataset.language);
      history.replaceState(null, '', address);
      speak(button.dataset.language);
    });
  }
  speak(wanted.toLowerCase().startsWith('ko') ? 'ko' : 'en');
}
