/** The board: its posts, live, and what the account may do with them. */
import {byId, el, put, time, word} from './dom.js';
import {createLive} from './live.js';
import {attempt, checked, on, say, sayFailure} from './outcome.js';

export function createBoard(client, {services, external}) {
  const list = byId('posts');
  const choice = byId('board');
  let rights = {};
  let missed; // while it is read
  const live = createLive(client, services, byId('live-state'), {
    open: () => read().catch(sayFailure), // there may have been events before
    post: (post) => happened(() => add(post)) && say('board.came', {author: post.author}),
    removed: (id) => happened(() => remove(id)),
  });

  const url = () => services.boards[choice.selectedIndex];

  /** What is being read may be older. */
  function happened(event) {
    missed?.push(event);
    return event();
  }

  async function read() {
    if (!rights.read) return;
    const asked = url();
    const mine = (missed = []);
    const {posts} = await (await checked(await client.fetch(asked, {cache: 'no-store'}))).json();
    if (asked !== url() || missed !== mine) return; // it is read once more
    const held = list.contains(document.activeElement) && document.activeElement.closest('li').id;
    list.replaceChildren(...posts.map(item).reverse());
    mine.forEach((event) => event());
    missed = undefined;
    if (held) (byId(held)?.querySelector('button') ?? byId('board-title')).focus();
    byId('board-empty').hidden = list.childElementCount > 0;
  }

  function item(post) {
    const button = el('button', {type: 'button', disabled: !rights.remove, click: attempt(() => takeDown(post.id))},
      word('span', 'board.delete'), ' ', word('span', 'board.deleteWhich', post, {class: 'aside'}));
    return el('li', {id: `post-${post.id}`}, el('strong', {}, post.author), ' · ', time(post.at),
      el('p', {class: 'text'}, post.text), button);
  }

  /** @returns whether it is new here: whoever writes hears of it twice */
  function add(post) {
    byId('board-empty').hidden = true;
    const isNew = !byId(`post-${post.id}`);
    if (isNew) list.prepend(item(post));
    return isNew;
  }

  function remove(id) {
    const gone = byId(`post-${id}`);
    if (gone?.contains(document.activeElement)) {
      (gone.nextElementSibling?.querySelector('button:enabled') ?? byId('board-title')).focus();
    }
    gone?.remove();
    byId('board-empty').hidden = list.childElementCount > 0;
  }

  async function takeDown(id) {
    await checked(await client.fetch(`${url()}/${id}`, {method: 'DELETE'}));
    remove(id);
    say('board.deleted');
  }

  choice.replaceChildren(...services.boards.map((board) => el('option', {}, board)));
  byId('board-choice').hidden = services.boards.length < 2;
  on('board', 'change', async () => {
    list.replaceChildren();
    await read();
  });
  on('board-reload', 'click', async () => {
    await read();
    say('board.wasRead');
  });
  on('board-form', 'submit', async () => {
    const field = byId('post');
    const how = {method: 'POST', headers: {'Content-Type': 'text/plain;charset=UTF-8'}, body: field.value};
    add(await (await checked(await client.fetch(url(), how))).json());
    field.value = '';
    field.focus();
    say('board.written');
  });
  byId('live').addEventListener('change', ({target}) => live.choose(target.value));

  return {
    /** Shows it with what these roles and scopes allow. */
    async open({roles, scopes}) {
      const write = scopes.includes('board:write');
      rights = {read: scopes.includes('board:read'), write, remove: write && roles.includes('admin')};
      const key = rights.remove ? 'board.mayAll' : write ? 'board.mayWrite' : rights.read ? 'board.mayRead' : 'board.mayNone';
      put(byId('board-rights'), key);
      byId('post').disabled = byId('board-write').disabled = !write;
      byId('board-reload').disabled = byId('live').disabled = !rights.read;
      if (rights.read && !external) live.choose(document.querySelector('[name="live"]:checked').value);
      else live.choose('off');
      await read();
    },
    close() {
      live.choose('off');
      list.replaceChildren();
      byId('post').value = '';
    },
  };
}
