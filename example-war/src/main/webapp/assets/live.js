/** Events of the board as they happen, by EventSource or WebSocket: each connection needs a ticket of its own. */
import {put} from './dom.js';

const PATHS = {events: '/api/board-events', socket: '/api/board-socket'}; // of the application, whatever its address
const MISSING = ['invalid_target', 'invalid_token', 'not_found', 'http_404']; // asking again would not help
const STEADY_MS = 30_000;
const LONGEST_WAIT_S = 30;

/** @param on what to call: open, post(post), removed(id) */
export function createLive(client, services, stateElement, on) {
  let kind = 'off';
  let close = () => {};
  let waiting;
  let failures = 0;
  let run = 0; // the answer to a question of an earlier run is not for us

  async function connect() {
    const mine = ++run;
    put(stateElement, 'live.connecting');
    let opened = Infinity;
    const again = () => {
      if (mine !== run) return;
      close();
      failures = Date.now() - opened > STEADY_MS ? 0 : failures + 1;
      put(stateElement, 'live.waiting');
      const seconds = Math.min(LONGEST_WAIT_S, 2 ** failures) * (0.5 + Math.random() / 2);
      waiting = setTimeout(connect, seconds * 1000); // a used ticket opens nothing, so the browser must not do it
    };
    try {
      if (client.state.expiresAt <= Date.now()) await client.refresh(); // what is opened ends with it
      const ticket = await client.ticket(PATHS[kind]);
      if (mine !== run) return;
      const url = new URL(services[kind], document.baseURI);
      url.searchParams.set('ticket', ticket);
      close = OPENERS[kind](url, again, () => {
        opened = Date.now();
        put(stateElement, 'live.open');
        on.open();
      });
    } catch (failure) {
      if (mine !== run) return;
      if (MISSING.includes(failure.code) && client.state.loggedIn) put(stateElement, 'live.missing');
      else if (client.state.loggedIn) again();
    }
  }

  const OPENERS = {
    events(url, onEnd, onOpen) {
      const source = new EventSource(url);
      source.addEventListener('open', onOpen);
      source.addEventListener('error', onEnd);
      source.addEventListener('post', ({data}) => on.post(JSON.parse(data)));
      source.addEventListener('removed', ({data}) => on.removed(JSON.parse(data).id));
      return () => source.close();
    },
    socket(url, onEnd, onOpen) {
      url.protocol = url.protocol.replace('http', 'ws');
      const socket = new WebSocket(url);
      socket.addEventListener('message', onOpen, {once: true}); // from that on it is told
      socket.addEventListener('close', onEnd);
      socket.addEventListener('message', ({data}) => {
        const {type, post, id} = JSON.parse(data);
        if (type === 'post') on.post(post);
        else if (type === 'removed') on.removed(id);
      });
      return () => {
        socket.removeEventListener('close', onEnd);
        socket.close();
      };
    },
  };

  return {
    /** @param chosen events, socket or off */
    choose(chosen) {
      run++;
      clearTimeout(waiting);
      close();
      close = () => {};
      failures = 0;
      kind = chosen;
      if (kind === 'off') put(stateElement, 'live.off');
      else connect();
    },
  };
}
