namespace EdgeHost.Benchmarks.Transport.Peers;

/// <summary>The body of a JSON request or answer.</summary>
/// <param name="Payload">The bytes, base64 on the wire.</param>
/// <param name="AnswerBytes">How many bytes are asked for; 0 for a few.</param>
public sealed record JsonBytes(byte[] Payload, int AnswerBytes);
