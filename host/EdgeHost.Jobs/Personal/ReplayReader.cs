using System.Buffers.Binary;
using System.Security.Cryptography;
using EdgeHost.Learning.Examples;

namespace EdgeHost.Jobs.Personal;

/// <summary>
/// Reads replays: features of examples with their labels, which a shipped model brings so that its personal versions do not forget. <c>EHR1</c>, how many there are and their width
/// (int32), then for each its label (a byte, in the order of the model's labels) and its features as 16-bit floats; all little-endian. Nothing of a file is believed before it is checked.
/// </summary>
internal static class ReplayReader
{
    private const int HeaderBytes = 12;
    private const double TestShare = 0.2;
    private const double ValidationShare = 0.1;

    private static ReadOnlySpan<byte> Magic => "EHR1"u8;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="width">Values that the network takes.</param>
    /// <param name="labels">Labels of the model.</param>
    /// <param name="maxBytes">The most memory that its features may need.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: it is no replay, or of another model; <see cref="ErrorCode.ResourceExhausted"/>: it is too large.</exception>
    public static IReadOnlyList<ReplayRow> ReadFile(string path, long width, int labels, long maxBytes)
    {
        try
        {
            // Half of it in the file.
            var length = new FileInfo(path).Length;
            if (length > maxBytes / 2) throw TooLarge(Path.GetFileName(path), length, maxBytes);
            return Read(Path.GetFileName(path), File.ReadAllBytes(path), width, labels);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The replay {Path.GetFileName(path)} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads the bytes of a file.</summary>
    public static IReadOnlyList<ReplayRow> Read(string name, ReadOnlySpan<byte> file, long width, int labels)
    {
        if (file.Length < HeaderBytes || !file.StartsWith(Magic)) throw Wrong(name, "it does not begin as one (EHR1)");
        var (count, own) = (BinaryPrimitives.ReadInt32LittleEndian(file[4..]), BinaryPrimitives.ReadInt32LittleEndian(file[8..]));
        if (count < 1) throw Wrong(name, $"it has {count} examples");
        if (own != width) throw Wrong(name, $"its examples have {own} features, and the network takes {width}");
        var row = 1 + (2L * own);
        if (file.Length != HeaderBytes + (count * row)) throw Wrong(name, $"it has {file.Length} bytes, and {count} examples of {own} features are {HeaderBytes + (count * row)}");
        var rows = new List<ReplayRow>(count);
        for (var i = 0; i < count; i++) rows.Add(ReadRow(name, i, file.Slice((int)(HeaderBytes + (i * row)), (int)row), labels));
        return rows;
    }

    private static ReplayRow ReadRow(string name, int index, ReadOnlySpan<byte> row, int labels)
    {
        if (row[0] >= labels) throw Wrong(name, $"example {index} has the label {row[0]}, and the model has {labels}");
        var features = new float[(row.Length - 1) / 2];
        for (var i = 0; i < features.Length; i++)
        {
            features[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(row[(1 + (2 * i))..]);
            if (!float.IsFinite(features[i])) throw Wrong(name, $"feature {i} of example {index} is {features[i]}");
        }

        return new ReplayRow(row[0], SplitOf(row), features);
    }

    // By its content alone: what is measured with was never learned from by any personal version, on any device.
    private static ExampleSplit SplitOf(ReadOnlySpan<byte> row)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(row, hash);
        var place = BinaryPrimitives.ReadUInt32BigEndian(hash) / (double)uint.MaxValue;
        if (place < TestShare) return ExampleSplit.Test;
        return place < TestShare + ValidationShare ? ExampleSplit.Validation : ExampleSplit.Train;
    }

    private static EdgeHostException Wrong(string name, string problem) => new(ErrorCode.FailedPrecondition, $"'{name}' is no replay for this model: {problem}.");

    private static EdgeHostException TooLarge(string name, long length, long maxBytes) => new(
        ErrorCode.ResourceExhausted,
        $"The replay '{name}' has {length} bytes and needs twice as many in memory; {maxBytes} are allowed for a job ({JobOptions.SectionName}:{nameof(JobOptions.MaxMemoryBytes)}).");
}
