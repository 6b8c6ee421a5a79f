/** One of the codes of docs/errors.md. */
export type ErrorCode =
  | 'cancelled' | 'invalid_argument' | 'deadline_exceeded' | 'not_found' | 'already_exists' | 'permission_denied' | 'resource_exhausted'
  | 'failed_precondition' | 'aborted' | 'unimplemented' | 'internal' | 'unavailable' | 'data_loss' | 'unauthenticated';

/** What the host, a capability or the connection reports. */
export declare class EdgeHostError extends Error {
  constructor(code: ErrorCode, message: string, more?: { retryAfterMs?: number; details?: Record<string, string>; cause?: unknown });
  readonly code: ErrorCode;
  /** Do not try again before; undefined if the host does not know. */
  readonly retryAfterMs: number | undefined;
  /** Further facts as text; never undefined. */
  readonly details: Record<string, string>;
  /** Whether the same call may succeed later without a change by the caller. */
  get isTransient(): boolean;
}

/** How a client comes back when its connection is lost. Each delay is varied by a random quarter; the first attempt is made at once. */
export interface Reconnect {
  /** By default 100. */
  firstDelayMs?: number;
  /** Delays double up to this; by default 5000. */
  longestDelayMs?: number;
  /** After so long without a host the calls that wait fail as `unavailable`; by default 30000. */
  giveUpAfterMs?: number;
}

export interface ConnectOptions {
  /** The socket's path; by default the user's own host. */
  endpoint?: string;
  /** The app's name: 1 to 128 of `a-z 0-9 . _ -`; by default the program's. */
  app?: string;
  /** What proves the name to hosts that ask. */
  token?: string;
  /** For connecting and hello; 1 or more, by default 5000. */
  connectTimeoutMs?: number;
  /** The connection is lost when the host takes nothing for so long; 1 or more, by default 10000. */
  sendTimeoutMs?: number;
  /** A call that waits so long without a byte from the host makes the client ping; as long again without an answer and the connection is lost. 0 for never, by default 30000. */
  keepAliveMs?: number;
  /** Binaries of requests from so many bytes on go through shared memory where the host offers it; 0 for never, by default 65536. */
  regionThreshold?: number;
  /** Whether integers that arrive with 64 bits are BigInt, and BigInt may be sent; by default false: numbers, exact up to 2^53. */
  bigInt64?: boolean;
  /** Come back when the connection is lost; by default false. Calls under way fail as `unavailable`, except those with an idempotency key, which are sent again. */
  reconnect?: boolean | Reconnect;
  /** Called when the connection is lost, found again, or given up. */
  onStateChange?: (state: 'connected' | 'disconnected' | 'failed', message: string) => void;
  /** Stops connecting. */
  signal?: AbortSignal;
}

/** The host's account of a call. */
export interface CallInfo {
  plugin: string;
  device: string;
  why: string;
  queue_us: number;
  load_us: number;
  run_us: number;
  total_us: number;
  steps: number;
  batch: number;
  model?: string;
  version?: string;
  models?: string[];
  /** The call's id for `feedback`, if the capability takes any. */
  call?: string;
  [name: string]: unknown;
}

export interface CallOptions {
  /** Milliseconds from receipt until the answer is worth nothing. */
  deadlineMs?: number;
  /** By default `normal`. */
  priority?: 'interactive' | 'normal' | 'background';
  /** W3C trace context, at most 256 characters. */
  traceparent?: string;
  /** At most 256 characters: unary calls of this app and method with one key run once. Such a call is sent again by itself when the connection was lost and `reconnect` is on. */
  idempotencyKey?: string;
  /** Asks for the host's account of the call; called before the call resolves. */
  onInfo?: (info: CallInfo) => void;
  /** Stops the call on the host; the call rejects with the signal's reason. */
  signal?: AbortSignal;
}

export type Body = Record<string, unknown>;

/** A method of the host, as `host.capabilities` describes it. */
export interface Capability {
  method: string;
  kind: 'unary' | 'server_stream' | 'duplex' | 'client_stream';
  version: number;
  plugin: string;
  plugin_version: string;
  summary: string;
  models: string[];
  /** Tasks whose models it finds by itself. */
  tasks?: string[];
  request_schema: string;
  response_schema: string;
  item_schema?: string;
  example: string;
  unavailable?: string;
}

/** The items of a call, then its response. The call begins with the first use. For one reader; leaving a `for await` loop early stops the call on the host. */
export declare class Stream<Item = any, Response = any> implements AsyncIterableIterator<Item>, AsyncDisposable {
  protected constructor(...hidden: never[]);
  [Symbol.asyncIterator](): this;
  next(): Promise<IteratorResult<Item, undefined>>;
  return(): Promise<IteratorResult<Item, undefined>>;
  /** Waits for the response that ends the call; items that were not taken are dropped. */
  response(): Promise<Response>;
  /** Stops the call on the host; a reader that waits is rejected with the reason. Nothing happens to a call that has ended. */
  cancel(reason?: unknown): void;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A call that takes items, and may give some back. One task may push while another reads. */
export declare class DuplexCall<PushItem = any, Item = any, Response = any> extends Stream<Item, Response> {
  /** Sends an item once the host has room for it. Rejects with what the call failed with, if it did. */
  push(item: PushItem): Promise<void>;
  /** Says that no more items come. A second time nothing happens. */
  end(): Promise<void>;
}

export interface Point { x: number; y: number }
export interface Box { x: number; y: number; width: number; height: number }
/** `confidence` from 0 to 1; `polygon`: four corners in pixels, clockwise from the top left of the text. */
export interface TextLine { text: string; confidence: number; polygon: Point[]; rotated_180?: boolean }
/** `width` and `height` of the picture in pixels; `models` as id@version. */
export interface RecognizedText { text: string; lines: TextLine[]; width: number; height: number; models: string[] }
export interface Landmark { name: string; x: number; y: number }
export interface Face { confidence: number; box: Box; landmarks: Landmark[] }
export interface DetectedFaces { faces: Face[]; width: number; height: number; models: string[] }

export interface DetectFacesOptions {
  /** How far from the camera; by default `auto`. */
  range?: 'auto' | 'near' | 'far';
  /** 0 to 1; the model's own threshold by default. */
  minConfidence?: number;
  /** 1 or more; all by default. */
  maxResults?: number;
}

/** What is in a picture: the bytes of a PNG, JPEG, WebP or BMP file. */
export declare class Vision {
  private constructor(...hidden: never[]);
  recognizeText(image: Uint8Array, options?: CallOptions): Promise<RecognizedText>;
  detectFaces(image: Uint8Array, settings?: DetectFacesOptions, options?: CallOptions): Promise<DetectedFaces>;
}

/**
 * A connection to the host on this device. Any number of calls may be under way at once. Binaries of a request must stay unchanged until its
 * call ends; those of an answer are views of what was received.
 */
export declare class EdgeHost implements AsyncDisposable {
  private constructor(...hidden: never[]);
  /** Connects and says hello. Rejects with EdgeHostError: `unavailable` if no host runs or answers, `permission_denied` if the socket is another user's, or what the host says. */
  static connect(options?: ConnectOptions): Promise<EdgeHost>;
  readonly hostVersion: string;
  /** This connection's name in the host's log. */
  readonly session: string;
  /** The limits that the host announced. */
  readonly limits: Record<string, number>;
  /** What this app may call; `*` is everything. */
  readonly grants: string[];
  /** Why the host takes no new calls on this connection; undefined while it does. */
  readonly goingAway: EdgeHostError | undefined;
  /** Resolves when the connection has ended, for whatever reason. */
  readonly closed: Promise<void>;
  readonly vision: Vision;
  /** Calls a method once. Rejects with EdgeHostError, or with the reason of the signal. */
  call<Response = any>(method: string, body?: Body, options?: CallOptions): Promise<Response>;
  /** Calls a method that answers with items: `for await (const item of host.stream(...))`. */
  stream<Item = any, Response = any>(method: string, body?: Body, options?: CallOptions): Stream<Item, Response>;
  /** Calls a method that takes items (client stream or duplex): push, end, and iterate or await `response()`. */
  open<PushItem = any, Item = any, Response = any>(method: string, body?: Body, options?: CallOptions): DuplexCall<PushItem, Item, Response>;
  /** Pushes all items and yields what comes back meanwhile. An error of `items` stops the call and is thrown here. */
  duplex<Item = any>(method: string, items: AsyncIterable<unknown> | Iterable<unknown>, body?: Body, options?: CallOptions): AsyncGenerator<Item>;
  /** Pushes all items to a client stream and resolves with the response. */
  upload<Response = any>(method: string, items: AsyncIterable<unknown> | Iterable<unknown>, body?: Body, options?: CallOptions): Promise<Response>;
  /** Asks the host for a sign of life; resolves with the number of bytes it received. */
  ping(payload?: Uint8Array, options?: CallOptions): Promise<number>;
  /** Lists the methods of the host. */
  capabilities(options?: CallOptions): Promise<Capability[]>;
  /** Ends the connection. Calls under way fail as `unavailable`; the host cancels them. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
  /** Lets the open connection keep the process alive (the default). */
  ref(): void;
  /** Lets the process end while the connection is open. */
  unref(): void;
}

/** The path of the host's socket on this machine. */
export declare function defaultEndpoint(): string;
