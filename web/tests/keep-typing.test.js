import assert from "node:assert/strict";
import { test } from "node:test";
import { fate } from "../src/keep-typing.js";

const draft = { fields: [], sent: true, signedIn: true };
const arrived = { signedIn: true, hasForm: true, hasErrors: false };

test("what went through is forgotten", () => {
  assert.equal(fate(draft, arrived), "forget");
  assert.equal(fate(draft, { ...arrived, hasForm: false }), "forget");
});

test("what was refused is kept, and not put over the answer", () => {
  assert.equal(fate(draft, { ...arrived, hasErrors: true }), "keep");
});

test("when the login ended, the typing waits and is put back afterwards", () => {
  assert.equal(fate(draft, { signedIn: false, hasForm: false, hasErrors: false }), "wait");
  assert.equal(fate({ ...draft, sent: false }, arrived), "put back");
});
