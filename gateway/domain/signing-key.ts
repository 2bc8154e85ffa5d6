/** An Ed25519 key pair: the raw public key in base64url, the private key as PKCS #8. */
export interface KeyPair {
  publicKey: string;
  privateKey: Buffer;
}

/** The keys with which municipalities sign the rules they give to others. A private key is never shown or logged. */
export interface SigningKeys {
  /** The municipality's own; null before it has one. */
  own: (municipalityId: string) => Promise<KeyPair | null>;
  /** Keeps it, unless there is one already; answers the one that is kept. */
  keepOwn: (municipalityId: string, pair: KeyPair, at: number) => Promise<KeyPair>;
  /** Whether the municipality has imported rules signed with this key, and was last told this name with it. */
  knows: (municipalityId: string, signer: { publicKey: string; name: string }) => Promise<boolean>;
}
