using System.Buffers.Binary;

namespace EdgeHost.Plugins.Health.Signals.Glucose;

/// <content>What it has learnt as bytes.</content>
public sealed partial class GlucoseForecaster
{
    private const byte Form = 1;
    private const int NumberBytes = 8;
    private const int FixedNumbers = 3 + Features + (Features * (Features + 1) / 2) + Needed + Ahead + 2;

    /// <summary>
    /// Everything it has learnt, at most 6 KiB: a forecaster that is read from it goes on to the same bits. They are numbers of one person's glucose, so keep them as the readings are kept.
    /// </summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[1 + (NumberBytes * (FixedNumbers + (3 * _open.Count) + 1 + _scores.Count))];
        bytes[0] = Form;
        var rest = bytes.AsSpan(1);
        Write(ref rest, _coverage);
        Write(ref rest, _forget);
        Write(ref rest, _newest);
        foreach (var weight in _weights) Write(ref rest, weight);
        for (var i = 0; i < Features; i++)
        {
            for (var k = 0; k <= i; k++) Write(ref rest, _covariance[i, k]);
        }

        foreach (var slot in _slots) Write(ref rest, slot);
        Write(ref rest, _examples);
        Write(ref rest, _open.Count);
        foreach (var (slot, value, scale) in _open)
        {
            Write(ref rest, slot);
            Write(ref rest, value);
            Write(ref rest, scale);
        }

        Write(ref rest, _scores.Added);
        foreach (var score in _scores.Values) Write(ref rest, score);
        return bytes;
    }

    /// <summary>Reads a forecaster.</summary>
    /// <param name="bytes">What <see cref="ToBytes"/> has made.</param>
    /// <returns>Null if they are of another form, or not what it made: learn anew then.</returns>
    public static GlucoseForecaster? TryRead(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 1 + (NumberBytes * (FixedNumbers + 1)) || bytes[0] != Form || bytes.Length % NumberBytes != 1) return null;
        var rest = bytes[1..];
        var (coverage, forget) = (Number(ref rest), Number(ref rest));
        if (coverage is not (>= 0.5 and <= 0.99) || forget is not (> 0 and <= 1)) return null;
        var read = new GlucoseForecaster(coverage, forget, Whole(ref rest));
        for (var i = 0; i < Features; i++) read._weights[i] = Number(ref rest);
        for (var i = 0; i < Features; i++)
        {
            for (var k = 0; k <= i; k++) read._covariance[i, k] = read._covariance[k, i] = Number(ref rest);
        }

        for (var i = 0; i < read._slots.Length; i++) read._slots[i] = Number(ref rest);
        read._examples = (int)Whole(ref rest);
        var open = Whole(ref rest);
        if (read._examples < 0 || open is < 0 or > Ahead || rest.Length < NumberBytes * ((3 * open) + 1)) return null;
        for (var i = 0; i < open; i++) read._open.Enqueue((Whole(ref rest), Number(ref rest), Number(ref rest)));
        var added = Whole(ref rest);
        if (added < 0 || rest.Length != NumberBytes * Math.Min(added, Scores)) return null;
        var scores = new double[rest.Length / NumberBytes];
        for (var i = 0; i < scores.Length; i++) scores[i] = Number(ref rest);
        read._scores.Restore(scores, added);
        return read;
    }

    private static void Write(ref Span<byte> rest, double number)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(rest, number);
        rest = rest[NumberBytes..];
    }

    private static void Write(ref Span<byte> rest, long number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(rest, number);
        rest = rest[NumberBytes..];
    }

    private static double Number(ref ReadOnlySpan<byte> rest)
    {
        var number = BinaryPrimitives.ReadDoubleLittleEndian(rest);
        rest = rest[NumberBytes..];
        return number;
    }

    private static long Whole(ref ReadOnlySpan<byte> rest)
    {
        var number = BinaryPrimitives.ReadInt64LittleEndian(rest);
        rest = rest[NumberBytes..];
        return number;
    }
}
