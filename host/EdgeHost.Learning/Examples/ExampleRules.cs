using System.Buffers.Binary;
using System.Text;

namespace EdgeHost.Learning.Examples;

/// <summary>What may be recorded; says what is wrong and what is allowed.</summary>
internal static class ExampleRules
{
    public const int MaxNameLength = 128;
    public const int MaxTextLength = 256;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Checks a name of a dataset or purpose.</summary>
    public static void CheckName(string what, string name)
    {
        var isName = name.Length is > 0 and <= MaxNameLength && name.All(static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '_' or '-');
        if (!isName) throw Wrong($"'{(name.Length <= MaxNameLength ? name : name[..MaxNameLength])}' is no {what}: 1 to {MaxNameLength} characters of a-z 0-9 . _ -");
    }

    public static void Check(DatasetSpec spec, LearningOptions options)
    {
        CheckName("dataset", spec.Name);
        CheckName("purpose", spec.Purpose);
        if (!Enum.IsDefined(spec.Kind)) throw Wrong("The kind is none of image, audio, text, features, interaction.");
        CheckShare("validation_share", spec.ValidationShare);
        CheckShare("test_share", spec.TestShare);
        if (spec.Retention is { } retention && (retention <= TimeSpan.Zero || retention > options.Retention))
        {
            throw Wrong($"Examples can be kept for at most {options.Retention.TotalDays:0.##} days on this device, and more than none; asked was for {retention.TotalDays:0.##}.");
        }
    }

    public static void Check(ExampleKind kind, IReadOnlyList<ExampleDraft> drafts, LearningOptions options)
    {
        if (drafts.Count == 0) throw Wrong("There are no examples in the call.");
        if (drafts.Count > options.MaxBatch) throw Wrong($"{drafts.Count} examples in one call are too many; at most {options.MaxBatch} are taken. Send them in several calls.");
        for (var i = 0; i < drafts.Count; i++) Check(i, kind, drafts[i], options);
    }

    private static void Check(int index, ExampleKind kind, ExampleDraft draft, LearningOptions options)
    {
        var content = draft.Content.Span;
        if (content.IsEmpty) throw Wrong($"Example {index} is empty.");
        if (content.Length > options.MaxExampleBytes) throw Wrong($"Example {index} has {content.Length} bytes; at most {options.MaxExampleBytes} are taken.");
        if (draft.Label is { Length: 0 or > MaxTextLength }) throw Wrong($"The label of example {index} must have 1 to {MaxTextLength} characters; leave it out where there is none.");
        if (draft.Group is { Length: 0 or > MaxTextLength }) throw Wrong($"The group of example {index} must have 1 to {MaxTextLength} characters; leave it out where there is none.");
        switch (kind)
        {
            case ExampleKind.Text:
                CheckText(index, content);
                break;
            case ExampleKind.Features:
                CheckFeatures(index, content);
                break;
            case ExampleKind.Interaction:
                CheckInteraction(index, content);
                break;
        }
    }

    private static void CheckText(int index, ReadOnlySpan<byte> content)
    {
        try
        {
            _ = StrictUtf8.GetCharCount(content);
        }
        catch (DecoderFallbackException)
        {
            throw Wrong($"Example {index} is no text in UTF-8.");
        }
    }

    private static void CheckFeatures(int index, ReadOnlySpan<byte> content)
    {
        if (content.Length % sizeof(float) != 0) throw Wrong($"Example {index} has {content.Length} bytes, which is no vector of 32-bit floats.");
        for (var at = 0; at < content.Length; at += sizeof(float))
        {
            if (!float.IsFinite(BinaryPrimitives.ReadSingleLittleEndian(content[at..]))) throw Wrong($"Value {at / sizeof(float)} of example {index} is not finite.");
        }
    }

    private static void CheckInteraction(int index, ReadOnlySpan<byte> content)
    {
        try
        {
            var interaction = Interaction.Decode(content);
            if (interaction.User.Length is 0 or > MaxTextLength || interaction.Item.Length is 0 or > MaxTextLength)
            {
                throw Wrong($"User and item of example {index} must have 1 to {MaxTextLength} characters each.");
            }

            if (!double.IsFinite(interaction.Weight)) throw Wrong($"The weight of example {index} is not finite.");
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentOutOfRangeException)
        {
            throw Wrong($"Example {index} is no interaction: {e.Message}");
        }
    }

    private static void CheckShare(string name, double? share)
    {
        if (share is { } value && !(value >= 0 && value <= SplitRule.LargestShare)) throw Wrong($"{name} is {value}; allowed are 0 to {SplitRule.LargestShare}.");
    }

    private static EdgeHostException Wrong(string problem) => new(ErrorCode.InvalidArgument, problem);
}
