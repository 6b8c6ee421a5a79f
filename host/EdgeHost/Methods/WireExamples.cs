using System.Buffers.Binary;
using System.Text;
using EdgeHost.Capabilities.Training;
using EdgeHost.Learning;
using EdgeHost.Learning.Examples;
using StoreKind = EdgeHost.Learning.Examples.ExampleKind;
using WireKind = EdgeHost.Capabilities.Training.ExampleKind;

namespace EdgeHost.Host.Methods;

/// <summary>Examples and datasets between the words of the wire and those of the store.</summary>
internal static class WireExamples
{
    private const double UsualWeight = 1;

    public static StoreKind KindOf(WireKind kind) => (StoreKind)kind;

    public static WireKind KindOf(StoreKind kind) => (WireKind)kind;

    /// <summary>The contents in the store's form.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: one has not the content that the kind asks for.</exception>
    public static IReadOnlyList<ExampleDraft> DraftsOf(RecordExamplesRequest request)
        => [.. request.Examples.Select((example, index) => new ExampleDraft
        {
            Content = ContentOf(request.Kind, example, index),
            Label = example.Label,
            Group = example.Group,
            Time = example.TimeMs is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null,
        })];

    public static ListDatasetsResponse ListOf(IReadOnlyList<DatasetInfo> datasets, (long Examples, long Bytes) usage, LearningOptions options) => new()
    {
        Datasets = [.. datasets.Select(EntryOf)],
        Examples = usage.Examples,
        MaxExamples = options.MaxAppExamples,
        Bytes = usage.Bytes,
        MaxBytes = options.MaxAppBytes,
    };

    private static DatasetEntry EntryOf(DatasetInfo dataset) => new()
    {
        Dataset = dataset.Name,
        Purpose = dataset.Purpose,
        Kind = KindOf(dataset.Kind),
        Train = dataset.Train,
        Validation = dataset.Validation,
        Test = dataset.Test,
        Unlabelled = dataset.Unlabelled,
        Labels = [.. dataset.Labels.Select(static label => new LabelEntry(label.Label, label.Examples))],
        Bytes = dataset.Bytes,
        ValidationShare = dataset.ValidationShare,
        TestShare = dataset.TestShare,
        RetentionDays = dataset.Retention?.TotalDays,
        CreatedMs = dataset.Created.ToUnixTimeMilliseconds(),
        LastRecordedMs = dataset.LastRecorded?.ToUnixTimeMilliseconds(),
    };

    private static ReadOnlyMemory<byte> ContentOf(WireKind kind, Example example, int index)
    {
        ReadOnlyMemory<byte>? content = (kind, example) switch
        {
            (WireKind.Image or WireKind.Audio, { Data: { } data, Text: null, Features: null, User: null, Item: null, Weight: null }) => data,
            (WireKind.Text, { Text: { } text, Data: null, Features: null, User: null, Item: null, Weight: null }) => Encoding.UTF8.GetBytes(text),
            (WireKind.Features, { Features: { } values, Data: null, Text: null, User: null, Item: null, Weight: null }) => Encode(values),
            (WireKind.Features, { Data: { } data, Features: null, Text: null, User: null, Item: null, Weight: null }) => data,
            (WireKind.Interaction, { User: { Length: > 0 } user, Item: { Length: > 0 } item, TimeMs: { } time, Data: null, Text: null, Features: null })
                when !user.Contains('\0') => new Interaction(user, item, example.Weight ?? UsualWeight, DateTimeOffset.FromUnixTimeMilliseconds(time)).Encode(),
            _ => null,
        };
        return content ?? throw new EdgeHostException(ErrorCode.InvalidArgument, $"Example {index} needs {NeedsOf(kind)}, and no other content.");
    }

    private static string NeedsOf(WireKind kind) => kind switch
    {
        WireKind.Text => "text",
        WireKind.Features => "features (or data with 32-bit floats)",
        WireKind.Interaction => "user, item and time_ms (weight is 1 if absent)",
        _ => "data",
    };

    private static byte[] Encode(IReadOnlyList<float> values)
    {
        var content = new byte[values.Count * sizeof(float)];
        for (var i = 0; i < values.Count; i++) BinaryPrimitives.WriteSingleLittleEndian(content.AsSpan(i * sizeof(float)), values[i]);
        return content;
    }
}
