import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {test} from 'node:test';
import {messages} from '../../main/webapp/assets/messages.js';

const WEBAPP = new URL('../../main/webapp/', import.meta.url);
const read = (name) => readFileSync(new URL(name, WEBAPP), 'utf8');
const assets = readdirSync(new URL('assets/', WEBAPP)).map((name) => `assets/${name}`);
const page = read('index.html');
const scripts = assets.filter((name) => name.endsWith('.js') && !name.endsWith('messages.js')).map(read);
const {en, ko} = messages;

test('both languages say the same things, in the same order', () => {
  assert.deepEqual(Object.keys(ko), Object.keys(en));
});

test('both languages fill in the same values', () => {
  const values = (text) => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const key of Object.keys(en)) assert.deepEqual(values(ko[key]), values(en[key]), key);
});

test('the page says at first what English says', () => {
  for (const [, key, text] of page.matchAll(/data-t="([^"]+)"[^>]*>([^<]*)</g)) {
    assert.ok(key in en, key);
    if (text) assert.equal(text.replace(/\s+/g, ' '), en[key], key);
  }
});

test('there is a text for each key that scripts name', () => {
  const groups = [...new Set(Object.keys(en).map((key) => key.split('.')[0]))].join('|');
  const named = scripts.flatMap((script) => [...script.matchAll(new RegExp(`'((?:${groups})\\.\\w+)'`, 'g'))]);
  assert.ok(named.length > 30);
  for (const [, key] of named) assert.ok(key in en || key.endsWith('.js'), key);
});

test('there is an element for each id that scripts and labels name', () => {
  const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  const named = [
    ...scripts.flatMap((script) => [...script.matchAll(/byId\('([^']+)'\)/g)]),
    ...page.matchAll(/(?:for|aria-labelledby|aria-describedby)="([^"]+)"/g),
  ];
  for (const [, id] of named) assert.ok(ids.has(id), id);
});

test('nothing is inline, from elsewhere, or kept by the browser', () => {
  assert.doesNotMatch(page, /<style|\sstyle=|\son\w+=|<script(?![^>]* src=)|(?:src|href)="(?!assets\/)/);
  for (const script of scripts) {
    assert.doesNotMatch(script, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|localStorage|sessionStorage/);
    assert.doesNotMatch(script, /document\.cookie|console\.|\.style\b/);
  }
});

test('all of it is small', () => {
  const bytes = ['index.html', ...assets].reduce((sum, name) => sum + Buffer.byteLength(read(name)), 0);
  assert.ok(bytes <= 60_000, `${bytes} bytes`);
});
