using System.Text;

namespace EdgeHost.Wfdb;

/// <summary>Reads annotation files in the format of MIT (<c>.atr</c>, annot(5) of the WFDB Applications Guide).</summary>
public static class WfdbAnnotationReader
{
    private const int Skip = 59;
    private const int Num = 60;
    private const int Sub = 61;
    private const int Chan = 62;
    private const int Aux = 63;

    // By the code of the annotation; a blank for codes that are not defined.
    private const string Symbols = " NLRaVFJASEj/Q~ | sT*D\"=pB^t+u?![]en@xf()r";

    /// <summary>Reads annotations until the mark of the end.</summary>
    /// <param name="stream">The file's bytes; stays the caller's.</param>
    /// <param name="mostAnnotations">How many are read at most.</param>
    /// <exception cref="EdgeHostException">
    /// <see cref="ErrorCode.DataLoss"/>: the file ends without the mark; <see cref="ErrorCode.InvalidArgument"/>: a position before the record's start;
    /// <see cref="ErrorCode.ResourceExhausted"/>: there are more than wanted.
    /// </exception>
    public static IReadOnlyList<WfdbAnnotation> Read(Stream stream, int mostAnnotations = 10_000_000)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var annotations = new List<WfdbAnnotation>();
        var buffered = new BufferedStream(stream, 4096);
        var position = 0L;
        while (true)
        {
            var word = Word(buffered);
            var (code, value) = (word >> 10, word & 0x3FF);
            switch (code)
            {
                case 0 when value == 0:
                    return annotations;
                case Skip:
                    // The high word comes first, each with its low byte first.
                    position += (Word(buffered) << 16) | Word(buffered);
                    break;
                case Num or Sub or Chan:
                    break;
                case Aux:
                    var text = Text(buffered, value);
                    if (annotations.Count > 0) annotations[^1] = annotations[^1] with { Text = text };
                    break;
                default:
                    position += value;
                    Require.That(position >= 0, $"An annotation is at sample {position}, before the record's start.");
                    if (annotations.Count == mostAnnotations) throw new EdgeHostException(ErrorCode.ResourceExhausted, $"The file has more than {mostAnnotations} annotations.");
                    annotations.Add(new WfdbAnnotation(position, code < Symbols.Length && Symbols[code] != ' ' ? Symbols[code].ToString() : "u", null));
                    break;
            }
        }
    }

    private static string Text(Stream stream, int length)
    {
        var bytes = new byte[length + (length & 1)];
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length) throw Ended();
        return Encoding.Latin1.GetString(bytes, 0, length).TrimEnd('\0');
    }

    private static int Word(Stream stream)
    {
        var (low, high) = (stream.ReadByte(), stream.ReadByte());
        return high < 0 ? throw Ended() : low | (high << 8);
    }

    private static EdgeHostException Ended() => new(ErrorCode.DataLoss, "The annotation file ends in the middle; it is truncated or no annotation file.");
}
