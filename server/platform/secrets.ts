import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";

/** Keeps what must not lie open in the database: passwords and tokens of foreign systems. */
export interface SecretBox {
  /**
   * Encrypts `plain`. `context` says what it belongs to (for instance the system's id): a sealed
   * text that was moved to another row does not open there.
   */
  seal(plain: string, context: string): string;

  /** Decrypts what `seal` gave for the same `context`. Throws `SecretProblem`. */
  open(sealed: string, context: string): string;
}

/** A sealed text that cannot be opened: another key, another context, or damage. */
export class SecretProblem extends Error {
  override readonly name = "SecretProblem";
}

const ALGORITHM = "aes-256-gcm";
const FORMAT = "v1";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Opens a box with the installation's secret (64 hexadecimal digits, `FIELDLINE_SECRET`).
 *
 * A sealed text reads `v1:<key id>:<base64url of iv, tag and cipher text>`. The key id tells a
 * wrong key from damage, and says later which texts a new key has not reached yet.
 */
export function createSecretBox(secretHex: string): SecretBox {
  const key = deriveKey(secretHex, "secret box");
  const keyId = createHash("sha256").update(key).digest("hex").slice(0, 8);
  return {
    seal(plain, context) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      const packed = Buffer.concat([iv, cipher.getAuthTag(), body]);
      return `${FORMAT}:${keyId}:${packed.toString("base64url")}`;
    },
    open(sealed, context) {
      const packed = unpack(sealed, keyId);
      const decipher = createDecipheriv(ALGORITHM, key, packed.subarray(0, IV_BYTES))
        .setAAD(Buffer.from(context))
        .setAuthTag(packed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      try {
        const body = decipher.update(packed.subarray(IV_BYTES + TAG_BYTES));
        return Buffer.concat([body, decipher.final()]).toString("utf8");
      } catch (cause) {
        throw new SecretProblem("A stored secret is damaged or belongs elsewhere.", { cause });
      }
    },
  };
}

/**
 * A key of 32 bytes for one purpose, so that no two uses share the installation's secret itself.
 * Throws `SecretProblem` if the secret has not its 64 hexadecimal digits.
 */
export function deriveKey(secretHex: string, purpose: string): Buffer {
  if (!/^[0-9a-f]{64}$/i.test(secretHex)) {
    throw new SecretProblem("FIELDLINE_SECRET must have 64 hexadecimal digits (32 bytes).");
  }
  const info = `fieldline ${purpose} ${FORMAT}`;
  return Buffer.from(hkdfSync("sha256", Buffer.from(secretHex, "hex"), "", info, 32));
}

function unpack(sealed: string, keyId: string): Buffer {
  const [format, sealedWith, body] = sealed.split(":");
  if (format !== FORMAT || sealedWith === undefined || body === undefined) {
    throw new SecretProblem("A stored secret has a form that this version does not know.");
  }
  if (sealedWith !== keyId) {
    throw new SecretProblem(
      `A stored secret was sealed with key ${sealedWith}, but the secret file gives ${keyId}.`,
    );
  }
  const packed = Buffer.from(body, "base64url");
  if (packed.length < IV_BYTES + TAG_BYTES) throw new SecretProblem("A stored secret is cut off.");
  return packed;
}
