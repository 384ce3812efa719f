// Keeps what could not be sent yet sealed in the browser, until the server has it: the one exception to “nothing personal
// in the browser”. The key comes with the page, lives with the session, and is in no place that outlives it.
// Works with autosave.js, which tells what has changed and what the server has. Where nobody is signed in, it clears up.
(function () {
  "use strict";
  var DATABASE = "hjemmetilsyn", STORE = "unsent", AFTER_A_KEY = 250, NONCE = 12;
  var form = document.querySelector("form[data-unsent-key]"), told = document.querySelector("[data-unsent-told]");
  if (!window.indexedDB) return;
  if (!form) {
    indexedDB.deleteDatabase(DATABASE);
    return;
  }
  var raw = form.dataset.unsentKey, line = document.getElementById("autosave-status");
  delete form.dataset.unsentKey;
  // Without encryption (plain http) nothing is kept; the line says then that the page must stay open.
  if (!window.crypto || !crypto.subtle || !line) return;
  var place = location.pathname, own = crypto.randomUUID(), timer = 0;
  var done = [own], left = [], wasLaid = false;
  var notKept = line.dataset.waiting;
  var ready = crypto.subtle.importKey("raw", bytesOf(raw), "AES-GCM", false, ["encrypt", "decrypt"]);
  // Not before autosave.js listens.
  var loaded = new Promise(function (resolve) { document.addEventListener("DOMContentLoaded", resolve); });
  var queue = Promise.all([ready, loaded]).then(putBack).catch(function () { line.dataset.waiting = notKept; });
  raw = null;

  function bytesOf(words) {
    return Uint8Array.from(atob(words.replace(/-/g, "+").replace(/_/g, "/")), function (one) { return one.charCodeAt(0); });
  }

  // --- The store: the database is open for one transaction at a time
  function inStore(mode, work) {
    return new Promise(function (resolve, reject) {
      var opening = indexedDB.open(DATABASE, 1);
      opening.onupgradeneeded = function () { opening.result.createObjectStore(STORE, { keyPath: "id" }); };
      opening.onerror = function () { reject(opening.error); };
      opening.onsuccess = function () {
        var database = opening.result;
        var deal = database.transaction(STORE, mode, { durability: "strict" }), asked = work(deal.objectStore(STORE));
        deal.oncomplete = function () { database.close(); resolve(asked && asked.result); };
        deal.onabort = function () { database.close(); reject(deal.error); };
      };
    });
  }

  function erase(ids) {
    if (!ids.length) return Promise.resolve();
    return inStore("readwrite", function (store) { ids.forEach(function (id) { store.delete(id); }); });
  }

  // The place is an address: random ids. Words sealed for one page open on no other.
  function parameters(nonce, place) {
    return { name: "AES-GCM", iv: nonce, additionalData: new TextEncoder().encode(place) };
  }

  function write() {
    return put(own, { at: Date.now(), changes: unsaved() }).then(function () {
      line.dataset.waiting = form.dataset.unsentKept;
    }, function () {
      line.dataset.waiting = notKept;
    });
  }

  function put(id, words) {
    var nonce = crypto.getRandomValues(new Uint8Array(NONCE));
    return ready.then(function (key) {
      return crypto.subtle.encrypt(parameters(nonce, place), key, new TextEncoder().encode(JSON.stringify(words)));
    }).then(function (sealed) {
      return inStore("readwrite", function (store) { store.put({ id: id, place: place, nonce: nonce, sealed: sealed }); });
    });
  }

  function open(record) {
    return ready.then(function (key) {
      return crypto.subtle.decrypt(parameters(record.nonce, record.place), key, record.sealed);
    }).then(function (plain) {
      return JSON.parse(new TextDecoder().decode(plain));
    });
  }

  // --- The form: [name, what the server sent, what stands there now] of every control that was written in
  function controls() {
    return Array.from(form.elements).filter(function (control) {
      return control.name && control.type !== "hidden" && control.type !== "file" && control.tagName !== "BUTTON" && control.tagName !== "FIELDSET";
    });
  }

  function isBox(control) {
    return control.type === "radio" || control.type === "checkbox";
  }

  function sent(control) {
    if (control.tagName !== "SELECT") return control.defaultValue;
    var chosen = Array.from(control.options).find(function (option) { return option.defaultSelected; });
    return chosen ? chosen.value : control.options[0].value;
  }

  function unsaved() {
    return controls().flatMap(function (control) {
      if (isBox(control)) return control.checked && !control.defaultChecked ? [[control.name, "", control.value]] : [];
      return control.value !== sent(control) ? [[control.name, sent(control), control.value]] : [];
    });
  }

  // --- Back into the page that was loaded anew
  function putBack() {
    return inStore("readonly", function (store) { return store.getAll(); }).then(function (records) {
      return Promise.all(records.map(function (record) {
        return open(record).then(function (words) {
          return record.place === place ? restore(record.id, words) : tellInWords(told.dataset.elsewhere, record.place);
        }, function () {
          return erase([record.id]); // of a session that is over
        });
      }));
    }).then(function () {
      if (wasLaid) form.dispatchEvent(new Event("input", { bubbles: true }));
      else return clearUp();
    });
  }

  function restore(id, words) {
    var came = words.changes.map(function (change) { return lay(change[0], change[1], change[2]); });
    var homeless = words.changes.filter(function (change, index) { return came[index] === "homeless"; });
    if (came.includes("laid")) tellInWords(told.dataset.restored.replace("%", clock(words.at)));
    if (homeless.length) tellInWords(told.dataset.left);
    homeless.forEach(function (change) { tellInWords(change[2]); });
    if (homeless.length) left.push([id, { at: words.at, changes: homeless }]);
    else done.push(id);
    wasLaid = wasLaid || came.includes("laid");
  }

  function lay(name, before, now) {
    var found = controls().filter(function (control) { return control.name === name; });
    var one = found.find(function (control) { return !isBox(control) || control.value === now; });
    if (!one) return "homeless";
    var stood = isBox(one) ? one.checked : one.value;
    if (isBox(one)) one.checked = true;
    else one.value = together(one.value, before, now, one.tagName);
    return stood === (isBox(one) ? one.checked : one.value) ? "there" : "laid";
  }

  // The server may have had the beginning of it; what was written elsewhere meanwhile stays.
  function together(stands, before, now, kind) {
    if (stands === before || now.includes(stands)) return now;
    if (stands.includes(now) || kind !== "TEXTAREA") return stands.includes(now) ? stands : now;
    return stands + "\n\n" + now;
  }

  function clock(at) {
    return new Date(at).toLocaleTimeString("da-DK", { hour: "2-digit", minute: "2-digit" });
  }

  function tellInWords(words, address) {
    var paragraph = document.createElement("p"), within = address ? document.createElement("a") : paragraph;
    if (address) {
      within.href = address;
      paragraph.append(within);
    }
    within.textContent = words;
    told.append(paragraph);
  }

  // --- What autosave.js tells
  // What found no place in the form stays, so that it is shown again when the page is.
  function clearUp() {
    return erase(done.splice(0, done.length, own)).then(function () {
      return Promise.all(left.splice(0).map(function (one) { return put(one[0], one[1]); }));
    });
  }

  function later(work) {
    queue = queue.then(work, work);
  }

  function flush() {
    if (!timer) return;
    clearTimeout(timer);
    timer = 0;
    later(write);
  }

  form.addEventListener("autosave:changed", function () {
    clearTimeout(timer);
    timer = setTimeout(flush, AFTER_A_KEY);
  });
  form.addEventListener("autosave:kept", function () {
    clearTimeout(timer);
    timer = 0;
    later(clearUp);
  });
  document.addEventListener("visibilitychange", function () { if (document.visibilityState === "hidden") flush(); });
})();
