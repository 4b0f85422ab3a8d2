// One stream of events for all tabs of a browser: a browser opens six connections to a server at most, and a stream keeps one for ever.
// Whoever connects is told the state of the stream first, then every event as it comes.
const ports = new Set();
let source = null;
let state = { kind: "connecting" };

function tell(message) {
  for (const port of ports) {
    port.postMessage(message);
  }
}

function become(kind) {
  state = { kind, at: Date.now() };
  tell({ type: "stream", state });
}

function listen(address) {
  source = new EventSource(address);
  source.onopen = () => become("open");
  source.onerror = () => {
    become("lost");
    if (source.readyState === EventSource.CLOSED) {
      // The server refused, and the browser does not try again by itself then. Who was signed in to an earlier start of it is a stranger now.
      fetch(address.replace(/events$/, "api/status")).then(answer => become(answer.status === 401 ? "signed-out" : "lost"), () => become("lost"));
      setTimeout(() => listen(address), 5000);
    }
  };
  for (const kind of ["hello", "job", "change", "drive", "going"]) {
    source.addEventListener(kind, event => tell({ type: "event", kind, data: JSON.parse(event.data) }));
  }
}

self.onconnect = event => {
  const port = event.ports[0];
  ports.add(port);
  port.onmessage = message => {
    if (message.data.type === "listen" && !source) {
      listen(message.data.address);
    } else if (message.data.type === "bye") {
      ports.delete(port);
    }
    if (message.data.type === "listen") {
      port.postMessage({ type: "stream", state });
    }
  };
};
