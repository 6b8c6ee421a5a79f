namespace EdgeHost.Learning.Examples;

/// <summary>An example as it is read for training.</summary>
/// <param name="Id">Its number in the store, growing with time.</param>
/// <param name="Hash">The SHA-256 of its content.</param>
/// <param name="Content">Its content.</param>
/// <param name="Label">What it is, or null.</param>
/// <param name="Group">What it belongs to, or null.</param>
/// <param name="Split">What it is for.</param>
/// <param name="Time">When it happened.</param>
public sealed record StoredExample(long Id, ReadOnlyMemory<byte> Hash, ReadOnlyMemory<byte> Content, string? Label, string? Group, ExampleSplit Split, DateTimeOffset Time);
