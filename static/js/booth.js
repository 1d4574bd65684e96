/* The voting booth. The code comes in the fragment of the address, which no server sees, and leaves it at once.
   Drafts stay on the phone under a name made from the code that nobody else can make; the tab forgets the code. */
(function () {
  "use strict";

  const { Sealing, ScoreSheet } = window;
  const WORDS = {
    connecting: "正在连接……",
    offline: "连不上测评服务器，请确认已接入会场网络；连上以后自动继续。",
    wait: "投票还没有开始，请听主持人宣布。开始以后本页自动打开。",
    closing: "即将截止，还剩{n}秒，请尽快提交。",
    over: "投票已经截止，不能再提交。",
    overSent: "投票已经截止。您的选票已在票箱中，等待计票。",
    void: "本轮测评已经作废，请听主持人安排。",
    bad: "测评码输错了，请逐位核对。",
    wrongKey: "页面得到的加密密钥与测评码上印的不一致，可能有人改动了页面。请不要填写，立即告诉监票人。",
    tooLong: "意见建议合计太长，请删减到一千字以内再提交。",
    notSigned: "服务器的回执核对不上，请告诉监票人。",
    listed: "计票结束，公布的验票码中有您的{receipt}，您的选票已经计入。",
    unlisted: "计票结束，公布的验票码中没有您的{receipt}。如果您在别的手机上又提交过，以后一次为准；否则请告诉监票人。",
    stored: "已密封投入票箱",
    cleared: "本机记录已经清除，可以关闭本页。",
  };

  const $ = (id) => document.getElementById(id);
  const say = (text) => {
    $("booth-notice").textContent = text;
    $("booth-notice").hidden = !text;
  };
  const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000 * (0.8 + Math.random() * 0.4)));

  let round = null;
  let code = "";
  let storageKey = "";

  /* In a crowded hall an answer may never come, and no error either. */
  function fetchSoon(path, options) {
    const base = { credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer" };
    const late = new Promise((resolve, reject) => setTimeout(() => reject(new Error("late")), 15000));
    return Promise.race([fetch(path, Object.assign(base, options)), late]);
  }

  async function post(path, body) {
    const headers = { "Content-Type": "application/json" };
    const response = await fetchSoon(path, { method: "POST", headers, body: JSON.stringify(body) });
    if (response.status >= 500) throw new Error("unavailable");
    return { status: response.status, answer: await response.json() };
  }

  async function get(path) {
    const response = await fetchSoon(path);
    return response.ok ? response.json() : null;
  }

  /* --- the code ------------------------------------------------------------------------------- */

  function takeCode() {
    const found = Sealing.readCode(window.location.hash || "");
    if (window.location.hash) window.history.replaceState(null, "", window.location.pathname);
    if (found) window.sessionStorage.setItem("code", JSON.stringify(found));
    return found || JSON.parse(window.sessionStorage.getItem("code") || "null");
  }

  function askForCode(message) {
    $("booth-code").hidden = false;
    $("code-error").textContent = message || "";
    $("code").focus();
  }

  $("booth-code").addEventListener("submit", (event) => {
    event.preventDefault();
    const found = Sealing.readCode($("code").value);
    if (!found) return askForCode(WORDS.bad);
    window.sessionStorage.setItem("code", JSON.stringify(found));
    $("booth-code").hidden = true;
    return enter(found);
  });

  async function enter(found) {
    code = found.code;
    say(WORDS.connecting);
    for (;;) {
      try {
        const { status, answer } = await post("sheet/", { code });
        if (status === 200) return open(answer, found.mark);
        say("");
        window.sessionStorage.removeItem("code");
        // Slips are gone with the box; the receipt of this phone can still be looked for.
        if (await checkReceipt(lastReceipt())) return undefined;
        return askForCode(answer.message);
      } catch (error) {
        say(WORDS.offline);
        await pause(4);
      }
    }
  }

  function open(answer, mark) {
    round = answer;
    if (mark && mark !== Sealing.keyMark(round.publicKey)) {
      say(WORDS.wrongKey);
      return undefined;
    }
    const own = nacl.hash(new TextEncoder().encode(`draft ${round.publicKey} ${code}`));
    storageKey = `booth-${Sealing.toHex(own.slice(0, 16))}`;
    $("booth-leave").hidden = false;
    $("booth-rehearsal").hidden = !round.rehearsal;
    return follow(answer);
  }

  /* --- the round ------------------------------------------------------------------------------ */

  let mounted = false;

  async function follow(first) {
    let now = first;
    for (;;) {
      show(now);
      if (now.state === "void" || now.state === "counted") return;
      await pause(now.state === "closing" ? 5 : now.state === "wait" ? 6 : 20);
      try {
        now = (await get(`rounds/${round.round}/state/`)) || now;
      } catch (error) {
        // Offline: the sheet goes on, and what was sent is tried again by itself.
      }
    }
  }

  function show(now) {
    const words = { wait: WORDS.wait, open: "", void: WORDS.void, counted: "" };
    if (now.state === "closing") say(WORDS.closing.replace("{n}", now.secondsLeft));
    else if (now.state === "over") say(outbox().receipt ? WORDS.overSent : WORDS.over);
    else say(words[now.state]);
    if ((now.state === "open" || now.state === "closing") && !mounted) mount();
    if (now.state === "counted") check();
  }

  function mount() {
    mounted = true;
    ScoreSheet.mount($("booth-sheet"), round.description, { storageKey, send, anonymous: true });
  }

  /* {round, receipt} of the last ballot that this phone sent, whatever its slip was. */
  function lastReceipt() {
    try {
      return JSON.parse(window.localStorage.getItem("booth-receipt"));
    } catch (error) {
      return null;
    }
  }

  /* The whole list is fetched, so that nobody learns which receipt is looked for. False before the count. */
  async function checkReceipt(last) {
    const list = last && (await get(`rounds/${last.round}/receipts/`));
    if (!list) return false;
    const words = list.receipts.includes(last.receipt) ? WORDS.listed : WORDS.unlisted;
    $("booth-check").textContent = words.replace("{receipt}", last.receipt);
    $("booth-check").hidden = false;
    $("booth-leave").hidden = false;
    return true;
  }

  async function check() {
    const { receipt } = outbox();
    if (!receipt) say(WORDS.over);
    else await checkReceipt({ round: round.round, receipt });
  }

  /* --- sending -------------------------------------------------------------------------------- */

  /* {key, submission, box, seed, counter}: what is under way, so that a second try is the same bytes. */
  function outbox() {
    try {
      return JSON.parse(window.localStorage.getItem(`${storageKey}-out`)) || {};
    } catch (error) {
      return {};
    }
  }

  let kept = null;

  function keep(sending) {
    kept = sending;
    try {
      window.localStorage.setItem(`${storageKey}-out`, JSON.stringify(sending));
    } catch (error) {
      // Kept in this tab only.
    }
  }

  function prepare(marks, key) {
    const last = kept || outbox();
    if (last.key === key && last.box) return last;
    const counter = Math.max((last.counter || 0) + 1, Date.now());
    const seed = Sealing.newSeed();
    const plain = Sealing.writeBallot(round.description, marks, counter, seed, round.size);
    if (!plain) return null;
    const sealed = Sealing.seal(plain, round.publicKey);
    const next = { key, submission: key, box: Sealing.toBase64(sealed), seed, counter, receipt: last.receipt };
    next.digest = Sealing.toHex(sealed);
    keep(next);
    return next;
  }

  async function send(marks, { key }) {
    const sending = prepare(marks, key);
    if (!sending) return { ok: false, message: WORDS.tooLong };
    const { submission, box } = sending;
    const { status, answer } = await post("ballots/", { code, submission, box });
    if (status !== 200) return { ok: false, message: answer.message };
    const sealed = Sealing.fromHex(sending.digest);
    if (!Sealing.isAcknowledged(round.round, submission, sealed, answer.signature, round.verifyKey)) {
      return { ok: false, message: WORDS.notSigned };
    }
    const receipt = Sealing.receiptOf(sending.seed);
    // The marks of the sealed copy are gone with its key; only what a later change needs is kept.
    keep({ key, counter: sending.counter, receipt });
    try {
      window.localStorage.setItem("booth-receipt", JSON.stringify({ round: round.round, receipt }));
    } catch (error) {
      // The receipt stands on the page as well.
    }
    return { ok: true, message: WORDS.stored, receipt };
  }

  $("booth-leave").addEventListener("click", () => {
    window.localStorage.removeItem(storageKey);
    window.localStorage.removeItem(`${storageKey}-out`);
    window.localStorage.removeItem("booth-receipt");
    window.sessionStorage.clear();
    $("booth-sheet").textContent = "";
    $("booth-leave").hidden = true;
    say(WORDS.cleared);
    setTimeout(() => window.location.replace("about:blank"), 1500);
  });

  const found = takeCode();
  if (found) enter(found);
  else {
    askForCode();
    checkReceipt(lastReceipt()).catch(() => false);
  }
})();
