namespace EdgeHost.Learning.Examples;

/// <summary>An example that is to be recorded.</summary>
public sealed record ExampleDraft
{
    /// <summary>The content, in the form of its dataset's kind; at least one byte. Read until the recording has ended.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>What it is; null where nobody knows yet.</summary>
    public string? Label { get; init; }

    /// <summary>
    /// What belongs together, for example one person, one clip or one document: examples of a group are in the same split. Null: only those with nearly
    /// the same content are.
    /// </summary>
    public string? Group { get; init; }

    /// <summary>When it happened; null for now.</summary>
    public DateTimeOffset? Time { get; init; }
}
