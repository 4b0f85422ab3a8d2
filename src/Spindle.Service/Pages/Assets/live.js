// Keeps a page true while it is open. All that it shows was made by the server: texts are put into elements that stand there already
// (data-f within data-job), and what changes its shape is fetched again as the server draws it (data-live).
const root = document.documentElement.dataset.root;
const status = document.getElementById("status");
let lostAt = null;
let refreshing = 0;

function clock(moment) {
  return new Date(moment).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
}

/** Moments are the server's, in UTC, until they are made this person's. */
function localTimes(within) {
  for (const time of within.querySelectorAll("time[datetime]")) {
    const moment = new Date(time.dateTime);
    if (!Number.isNaN(moment.getTime())) {
      time.textContent = moment.toLocaleString([], { dateStyle: "short", timeStyle: "medium" });
      time.removeAttribute("title");
    }
  }
}

function showJob(job) {
  for (const card of document.querySelectorAll(`[data-job="${CSS.escape(String(job.number))}"]`)) {
    for (const place of card.querySelectorAll("[data-f]")) {
      const value = job.fields[place.dataset.f];
      if (value !== undefined && place.textContent !== value) {
        place.textContent = value;
      }
    }
    for (const bar of card.querySelectorAll("progress")) {
      if (job.part === null) {
        bar.removeAttribute("value");
      } else {
        bar.value = job.part;
      }
    }
  }
}

/** Fetches this page once more and takes over the parts that live; a form that somebody fills in is left alone. */
async function refresh() {
  if (refreshing++) {
    return;
  }
  do {
    refreshing = 1;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
      if (!answer.ok) {
        break;
      }
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of document.querySelectorAll("[data-live]")) {
        const now = fresh.getElementById(part.id);
        if (now && now.innerHTML !== part.dataset.drawn && !part.contains(document.activeElement?.closest("input, select, textarea"))) {
          const focused = part.contains(document.activeElement) ? document.activeElement.id : null;
          part.innerHTML = now.innerHTML;
          part.dataset.drawn = now.innerHTML;
          localTimes(part);
          if (focused) {
            document.getElementById(focused)?.focus();
          }
        }
      }
    } catch {
      break; // the stream says that the service is gone
    }
  } while (refreshing > 1);
  refreshing = 0;
}

let pending = null;
function refreshSoon() {
  pending ??= setTimeout(() => { pending = null; refresh(); }, 100);
}

function say(text, isLost = false) {
  status.textContent = text;
  status.classList.toggle("lost", isLost);
}

function tone(isGood) {
  const audio = new AudioContext();
  const gain = audio.createGain();
  gain.gain.value = 0.1;
  gain.connect(audio.destination);
  for (const [index, pitch] of (isGood ? [660, 880] : [330, 220]).entries()) {
    const note = audio.createOscillator();
    note.frequency.value = pitch;
    note.connect(gain);
    note.start(audio.currentTime + index * 0.25);
    note.stop(audio.currentTime + index * 0.25 + 0.2);
  }
}

function announce(change) {
  say(change.text);
  if (change.ended && localStorage.getItem("spindle-sound") === "on") {
    tone(change.good);
    if (globalThis.Notification?.permission === "granted") {
      new Notification(change.text);
    }
  }
}

function onEvent(kind, data) {
  if (kind === "job") {
    showJob(data);
  } else if (kind === "change") {
    announce(data);
    refreshSoon();
  } else if (kind === "drive") {
    if (document.querySelector("[data-drives]")) {
      refreshSoon();
    }
  } else if (kind === "hello" && !data.complete) {
    refresh(); // more happened than is told again
  } else if (kind === "going") {
    say("The service is being stopped. Jobs go on without this page.", true);
  }
}

function onStream(state) {
  if (state.kind === "lost" && lostAt === null) {
    lostAt = state.at;
    say(`Connection lost at ${clock(lostAt)}; trying again. Jobs go on without this page.`, true);
  } else if (state.kind === "signed-out") {
    lostAt ??= state.at;
    say("The service was started anew, and asks for the token again. Jobs go on. ", true);
    const again = document.createElement("a");
    again.href = location.href;
    again.textContent = "Sign in";
    status.append(again);
  } else if (state.kind === "open" && lostAt !== null) {
    lostAt = null;
    say("Connected again.");
    refresh(); // what happened meanwhile
  }
}

function onMessage(message) {
  if (message.type === "event") {
    onEvent(message.kind, message.data);
  } else {
    onStream(message.state);
  }
}

function connect() {
  const address = `${root}events`;
  if (globalThis.SharedWorker) {
    const worker = new SharedWorker(`${root}events.js`);
    worker.port.onmessage = message => onMessage(message.data);
    worker.port.start();
    worker.port.postMessage({ type: "listen", address });
    addEventListener("pagehide", () => worker.port.postMessage({ type: "bye" }));
    addEventListener("pageshow", event => { if (event.persisted) { location.reload(); } });
    return;
  }
  // Without shared workers: a stream of its own, only while somebody looks.
  let source = null;
  const follow = () => {
    source?.close();
    source = null;
    if (!document.hidden) {
      source = new EventSource(address);
      source.onopen = () => onStream({ kind: "open" });
      source.onerror = () => onStream({ kind: "lost", at: Date.now() });
      for (const kind of ["hello", "job", "change", "drive", "going"]) {
        source.addEventListener(kind, event => onEvent(kind, JSON.parse(event.data)));
      }
    }
  };
  document.addEventListener("visibilitychange", () => { follow(); if (!document.hidden) { refresh(); } });
  follow();
}

const sound = document.getElementById("sound");
if (sound) {
  sound.closest("[hidden]")?.removeAttribute("hidden");
  sound.checked = localStorage.getItem("spindle-sound") === "on";
  sound.addEventListener("change", () => {
    localStorage.setItem("spindle-sound", sound.checked ? "on" : "off");
    if (sound.checked) {
      tone(true);
      globalThis.Notification?.requestPermission();
    }
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

localTimes(document);
connect();
