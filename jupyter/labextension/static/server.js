// What the page asks the module's part of the server.

/** The server, by way of JupyterLab's own requests, which know its address and its tokens. */
export class Server {
  constructor(settings, ServerConnection) {
    this.settings = settings;
    this.ServerConnection = ServerConnection;
  }

  url(name, query = {}) {
    return `${this.settings.baseUrl}cybernorms/${name}?${new URLSearchParams(query)}`;
  }

  /** The path of the server's own addresses, such as "/" or "/user/ada/". */
  get base() {
    return new URL(this.settings.baseUrl, location.href).pathname;
  }

  page(path) {
    const parts = path.split("/").map(encodeURIComponent).join("/");
    return `${this.settings.baseUrl}doc/tree/${parts}`;
  }

  async get(name, query) {
    return this.ask(this.url(name, query), {});
  }

  async put(name, body, more = {}) {
    return this.ask(this.url(name), { method: "PUT", body: JSON.stringify(body), ...more });
  }

  async ask(url, request) {
    const response = await this.ServerConnection.makeRequest(url, request, this.settings);
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    return response.json();
  }
}
