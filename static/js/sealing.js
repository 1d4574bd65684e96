/* A ballot from marks to a sealed box: reviews/sealing/ in the phone. Needs nacl.js; works on plain HTTP. */
(function () {
  "use strict";

  const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const MISREAD = { O: "0", I: "1", L: "1", U: "V" };
  const LONG = 26;
  const SHORT = 16;
  const MARK = 8;
  const encoder = new TextEncoder();

  function toLetters(bytes) {
    let text = "";
    let held = 0;
    let bits = 0;
    for (const byte of bytes) {
      held = (held << 8) | byte;
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text += ALPHABET[(held >> bits) & 31];
      }
      held &= (1 << bits) - 1;
    }
    return bits ? text + ALPHABET[(held << (5 - bits)) & 31] : text;
  }

  function toHex(bytes) {
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function fromHex(text) {
    return Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
  }

  function toBase64(bytes) {
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    return window.btoa(text);
  }

  function join(...parts) {
    const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  function tidy(text) {
    return Array.from(text)
      .map((c) => (c >= "！" && c <= "～" ? String.fromCharCode(c.charCodeAt(0) - 0xfee0) : c).toUpperCase())
      .map((c) => MISREAD[c] || c)
      .filter((c) => /[0-9A-Z]/.test(c))
      .join("");
  }

  function checkLetter(body) {
    let total = 0;
    Array.from(body).forEach((letter, place) => {
      total += ((place % 30) + 1) * ALPHABET.indexOf(letter);
    });
    return ALPHABET[total % 31];
  }

  /* {code, mark} of what was scanned or typed, or null. */
  function readCode(text) {
    const letters = tidy(text.trim().split("#").pop());
    if (Array.from(letters).some((letter) => !ALPHABET.includes(letter))) return null;
    if (letters.length === SHORT && checkLetter(letters.slice(0, -1)) === letters.slice(-1)) {
      return { code: letters, mark: "" };
    }
    if (letters.length === LONG || letters.length === LONG + MARK) {
      return { code: letters.slice(0, LONG), mark: letters.slice(LONG) };
    }
    return null;
  }

  function keyMark(publicKey) {
    return toLetters(nacl.hash(join(encoder.encode("key mark "), fromHex(publicKey))).slice(0, 5));
  }

  function linesOf(description, reporter) {
    const items = (reporter.items || description.items).map((item) => item.id);
    return description.overall ? items.concat([""]) : items;
  }

  function cell(mark, codes) {
    const grade = codes.indexOf((mark && mark.grade) || "");
    const points = mark && mark.points;
    return (grade < 0 ? "" : String(grade)) + (points ? `:${points}` : "");
  }

  /* The ballot in its constant length, or null when the remarks are too long. */
  function writeBallot(description, marks, counter, seed, size) {
    const codes = description.grades.map((grade) => grade.code);
    const remarks = {};
    const rows = description.reporters.map((reporter, place) => {
      const given = marks[reporter.id] || {};
      if (description.remark && given.remark) remarks[place] = given.remark;
      return linesOf(description, reporter)
        .map((line) => cell(line ? (given.items || {})[line] : given.overall, codes))
        .join(",");
    });
    const shortcuts = Object.values(marks).filter((given) => given.shortcut).length;
    const plain = encoder.encode(JSON.stringify({ n: counter, r: seed, m: rows.join(";"), t: remarks, s: shortcuts }));
    if (plain.length > size) return null;
    const padded = new Uint8Array(size).fill(32);
    padded.set(plain);
    return padded;
  }

  /* One-time key, then the box; the nonce follows from both keys. */
  function seal(plain, publicKey) {
    const pub = fromHex(publicKey);
    const once = nacl.box.keyPair();
    const nonce = nacl.hash(join(once.publicKey, pub)).slice(0, nacl.box.nonceLength);
    const sealed = join(once.publicKey, nacl.box(plain, nonce, pub, once.secretKey));
    once.secretKey.fill(0);
    return sealed;
  }

  function receiptOf(seed) {
    return toLetters(nacl.hash(encoder.encode(`receipt ${seed}`)).slice(0, 10));
  }

  /* Whether the server signed that this very ballot is in the box. */
  function isAcknowledged(round, submission, sealed, signature, verifyKey) {
    const message = join(encoder.encode(`${round} ${submission} `), nacl.hash(sealed));
    try {
      return nacl.sign.detached.verify(message, fromHex(signature), fromHex(verifyKey));
    } catch (error) {
      return false;
    }
  }

  function newSeed() {
    return toHex(nacl.randomBytes(16));
  }

  window.Sealing = {
    readCode, keyMark, writeBallot, seal, receiptOf, isAcknowledged, newSeed, toHex, fromHex, toBase64, toLetters,
  };
})();
