using EdgeHost.Learning.Examples;

namespace EdgeHost.Learning.Storage;

/// <summary>A dataset as recording needs it.</summary>
internal sealed record DatasetRow(long Id, string Purpose, ExampleKind Kind, double ValidationShare, double TestShare, long? RetentionMs, byte[] SplitKey);
