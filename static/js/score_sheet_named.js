/* A named sheet: how score_sheet.js reaches the server under the name of who is signed in. */
(function () {
  "use strict";

  const { ScoreSheet } = window;
  const root = document.getElementById("sheet");
  const facts = JSON.parse(document.getElementById("sheet-facts").textContent);
  const { loginUrl } = root.dataset;
  let { token } = root.dataset;
  let { revisions } = facts;

  const EXPIRED = { ok: false, retry: true, message: "登录已过期。", link: { href: loginUrl, label: "重新登录，登录后自动送出" } };
  const STRANGER = { ok: false, message: "现在登录的是另一个人，没有送出。" };

  /* After signing in elsewhere the page's token is an old one; a fresh page has the new. */
  function renew() {
    return fetch(window.location.href, { credentials: "same-origin", redirect: "manual" }).then((response) => {
      if (!response.ok) return EXPIRED;
      return response.text().then((text) => {
        const page = new DOMParser().parseFromString(text, "text/html");
        const fresh = page.getElementById("sheet");
        const theirs = page.getElementById("sheet-facts");
        if (!fresh || JSON.parse(theirs.textContent).rater !== facts.rater) return STRANGER;
        token = fresh.dataset.token;
        return null;
      });
    });
  }

  function post(marks, about) {
    return fetch(facts.send_url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ key: about.key, marks, revisions, rehearsal: facts.rehearsal }),
      credentials: "same-origin",
      redirect: "manual",
    });
  }

  function read(response) {
    if (response.status >= 500 || response.status === 429) return { ok: false, retry: true };
    if (response.type === "opaqueredirect" || response.status === 401) return EXPIRED;
    return response.json().then((answer) => {
      if (answer.revisions) revisions = answer.revisions;
      return answer;
    });
  }

  function send(marks, about) {
    return post(marks, about).then((response) => {
      if (response.status !== 403) return read(response);
      return renew().then((fault) => {
        if (fault) return fault;
        return post(marks, about).then((again) => {
          if (again.status !== 403) return read(again);
          return { ok: false, message: "没有权限提交这份评分表，请找工作人员。" };
        });
      });
    });
  }

  ScoreSheet.mount(root, facts.description, {
    // What was marked in a rehearsal never comes up in the meeting.
    storageKey: `score-sheet:${facts.rater}${facts.rehearsal ? ":rehearsal" : ""}`,
    marks: facts.marks,
    send,
    anonymous: false,
    sendEach: true,
  });
})();
