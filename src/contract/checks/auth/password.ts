import type { Answer } from "../../answer.js";
import type { Check, Trial } from "../../check.js";
import type { Account } from "../../people.js";
import { logIn, storedUser } from "../steps.js";

const POLICY =
  "Count code points after NFC, from 15 to 128, refuse guessable ones, and make no rule about composition (NIST SP 800-63B-4).";
const ACCEPTED = [201, 202];

/** Words that are not among those that are guessed first, cut to a length. */
const WORDS = "quartz ribbon mellow canyon drizzle fable hinge lobster pivot walnut zephyr ";

function ofLength(length: number): string {
  return WORDS.repeat(1 + Math.ceil(length / WORDS.length))
    .slice(0, length)
    .replace(/ $/, "x");
}

function registerWith(t: Trial, password: string, names: Partial<Account> = {}): Promise<Answer> {
  return t.people.register({ ...t.people.invent(), password, ...names });
}

/** Long, repeated, with digits: what lists of leaked passwords hold that a length rule lets through. */
const COMMON = [
  ...[
    "password1234567",
    "passwordpassword",
    "123456789012345",
    "1234567890123456",
    "qwertyuiopasdfgh",
  ],
  ...[
    "aaaaaaaaaaaaaaaa",
    "letmeinletmein12",
    "iloveyouiloveyou",
    "Password12345678",
    "adminadminadmin1",
  ],
  ...[
    "welcomewelcome1!",
    "monkeymonkeymonkey",
    "qwerty1234567890",
    "abcdefghijklmnop",
    "PASSWORDPASSWORD",
  ],
  ...[
    "p@ssw0rdp@ssw0rd",
    "dragondragon2024",
    "111111111111111111",
    "footballfootball1",
    "sunshinesunshine",
  ],
  // Two runs that take turns, and short ones side by side.
  ...["q1w2e3r4t5y6u7i8", "a1b2c3d4e5f6g7h8", "1A2B3C4D5E6F7G8H", "qwe123asd456zxc789"],
];

/** Which passwords are accepted. */
export const passwordChecks: readonly Check[] = [
  {
    id: "AUTH-08",
    needs: "http",
    fix: POLICY,
    run: async (t) => {
      const lengths = [
        [14, false],
        [15, true],
        [64, true],
        [128, true],
        [129, false],
      ] as const;
      for (const [length, isRight] of lengths) {
        const wanted = isRight ? ACCEPTED : 422;
        const claim = `${length} characters are ${isRight ? "accepted" : "refused"}`;
        t.status(await registerWith(t, ofLength(length)), wanted, claim);
      }
      const stray = await registerWith(t, "Zebra-Quartz-7x");
      t.status(stray, ACCEPTED, "two words and a letter that is in neither are accepted");
      const person = await t.people.signUp({ ...t.people.invent(), password: ofLength(128) });
      const cut = await logIn(t, person.email, ofLength(128).slice(0, 127));
      t.status(cut, 401, "a long password is not cut off");
    },
  },
  {
    id: "AUTH-09",
    needs: "http",
    fix: "Hash the whole password: a hash that reads 72 bytes must not be given more.",
    run: async (t) => {
      const start = "ü".repeat(4) + ofLength(64);
      const account = await t.people.enrol({ ...t.people.invent(), password: `${start} one end` });
      const wrong = await logIn(t, account.email, `${start} other end`);
      t.status(wrong, 401, "a password that differs after 72 bytes is another one");
      t.status(await logIn(t, account.email, account.password), 200, "the right one is right");
    },
  },
  {
    id: "AUTH-10",
    needs: "http",
    fix: POLICY,
    run: async (t) => {
      const phrase = "walnut drizzle hinge pivot";
      t.status(
        await registerWith(t, phrase),
        ACCEPTED,
        "a passphrase needs no capitals, digits or symbols",
      );
      const account = await t.people.enrol({ ...t.people.invent(), password: `  ${phrase} ` });
      t.status(await logIn(t, account.email, phrase), 401, "spaces around it count");
      t.status(await logIn(t, account.email, account.password), 200, "and stay as they were typed");
    },
  },
  {
    id: "AUTH-11",
    needs: "http",
    fix: "Refuse what is made of common words, repetitions and sequences, whatever the case and the leet spelling.",
    run: async (t) => {
      for (const password of COMMON) {
        const answer = await registerWith(t, password);
        t.status(answer, 422, `"${password}" is refused`);
      }
      const code = (await registerWith(t, COMMON[0] ?? "")).field("code");
      t.equal("the answer says why", code, "password_common");
    },
  },
  {
    id: "AUTH-12",
    needs: "http",
    fix: "Refuse passwords that contain the address, the user name or the name of the service.",
    run: async (t) => {
      const account = t.people.invent();
      const [local = ""] = account.email.split("@");
      for (const part of [local, account.username]) {
        const answer = await t.people.register({ ...account, password: `${part} ${part} 9x` });
        t.status(answer, 422, "a password made of one's own name is refused");
      }
      const { email, username } = { email: "wanderer@example.com", username: "wanderer-77" };
      for (const password of ["my wanderer 12!", "wanderer-77 !!!"]) {
        t.status(await registerWith(t, password, { email, username }), 422, "in whatever disguise");
      }
    },
  },
  {
    id: "AUTH-13",
    needs: "http",
    fix: "Normalise passwords with NFC, once, before they are counted and hashed; never with NFKC.",
    run: async (t) => {
      const [composed, decomposed] = ["caf\u00E9 walnut drizzle", "cafe\u0301 walnut drizzle"];
      const account = await t.people.enrol({ ...t.people.invent(), password: composed });
      t.status(
        await logIn(t, account.email, decomposed),
        200,
        "two spellings of é are one password",
      );
      // More than 128 characters as they are typed, fewer as they are counted.
      const accented = ofLength(120).replace(/[aeiou]/gu, (vowel) => `${vowel}\u0301`);
      const long = await t.people.enrol({ ...t.people.invent(), password: accented });
      t.status(await logIn(t, long.email, accented), 200, "accents count once");
      const wide = await t.people.enrol({
        ...t.people.invent(),
        password: "\uFF21 walnut drizzle hinge",
      });
      const narrow = await logIn(t, wide.email, "A walnut drizzle hinge");
      t.status(narrow, 401, "a full-width letter is not its narrow one");
    },
  },
  {
    id: "AUTH-15",
    needs: "inspector",
    fix: "After a sign-in, hash again where the stored hash is of an older kind or cost, and store it.",
    run: async (t) => {
      for (const kind of ["argon2id", "bcrypt"] as const) {
        const account = await t.people.enrol();
        const old = await t.inspector.oldHash(account.password, kind);
        await t.inspector.update("users", { email: account.email }, { hashed_password: old });
        t.status(
          await logIn(t, account.email, account.password),
          200,
          `an old ${kind} hash still verifies`,
        );
        const stored = String((await storedUser(t, account)).hashed_password);
        const isNew = stored.startsWith("$argon2id$v=19$m=19456,t=2");
        const observed = stored.slice(0, 28);
        t.holds("and is replaced at once", isNew, {
          expected: "$argon2id$v=19$m=19456,t=2",
          observed,
        });
      }
    },
  },
];
