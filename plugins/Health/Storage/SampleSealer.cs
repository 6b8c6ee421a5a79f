using System.Text;
using EdgeHost.Plugins.Health.Samples;

namespace EdgeHost.Plugins.Health.Storage;

/// <summary>Encrypts and decrypts the samples of a person, many in one go: in buffers that are used again, and with one string for each unit and source. Not thread-safe.</summary>
internal sealed class SampleSealer(Person person, MasterKey master)
{
    private const string SourcePurpose = "source";
    private const int MostTexts = 1_000;

    private readonly Dictionary<string, byte[]> _sources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _texts = [];
    private byte[] _content = new byte[256];
    private byte[] _place = new byte[128];
    private byte[] _sealed = new byte[256];
    private SampleCodec.TextReader? _text;

    /// <summary>What stands for a source in the database.</summary>
    public byte[] TagOf(string source)
    {
        if (_sources.TryGetValue(source, out var tag)) return tag;
        if (_sources.Count == MostTexts) _sources.Clear();
        return _sources[source] = master.TagOf(SourcePurpose, source);
    }

    /// <summary>Encrypts a sample.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="source">The tag of its source.</param>
    /// <returns>What is kept of it, until the next one is encrypted.</returns>
    public ReadOnlyMemory<byte> Seal(Sample sample, ReadOnlySpan<byte> source)
    {
        var length = SampleCodec.LengthOf(sample);
        Ensure(ref _content, length);
        Ensure(ref _sealed, length + PersonKey.Overhead);
        SampleCodec.Write(sample, _content);
        var bytes = _sealed.AsMemory(0, length + PersonKey.Overhead);
        person.Key.Encrypt(_content.AsSpan(0, length), Place(sample.Type.Name, sample.Time, source, sample.Flag), bytes.Span);
        return bytes;
    }

    /// <summary>Decrypts a sample.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.DataLoss"/>: it is damaged, or of a form that is not known.</exception>
    public Sample Open(ReadOnlySpan<byte> bytes, SampleType type, long time, ReadOnlySpan<byte> source, string? flag)
    {
        var length = Math.Max(0, bytes.Length - PersonKey.Overhead);
        Ensure(ref _content, length);
        var content = _content.AsSpan(0, length);
        person.Key.Decrypt(bytes, Place(type.Name, time, source, flag), content);
        return SampleCodec.Read(content, type, time, flag, _text ??= Text);
    }

    private static void Ensure(ref byte[] buffer, int length)
    {
        if (buffer.Length < length) buffer = new byte[Math.Max(length, buffer.Length * 2)];
    }

    private ReadOnlySpan<byte> Place(string type, long time, ReadOnlySpan<byte> source, string? flag)
    {
        // Flags are few and samples that have one are, too.
        if (flag is not null) return SampleCodec.PlaceOf(type, time, source, flag);
        if (!_places.TryGetValue(type, out var name)) _places[type] = name = SampleCodec.NameOf(type, null);
        Ensure(ref _place, name.Length + sizeof(long) + source.Length);
        SampleCodec.WritePlace(name, time, source, _place);
        return _place.AsSpan(0, name.Length + sizeof(long) + source.Length);
    }

    // Millions of samples have a handful of units and sources. A text of the same hash takes the place of the one before.
    private string Text(ReadOnlySpan<byte> bytes)
    {
        var hash = new HashCode();
        hash.AddBytes(bytes);
        var key = hash.ToHashCode();
        if (_texts.TryGetValue(key, out var known) && IsSame(known, bytes)) return known;
        if (_texts.Count == MostTexts) _texts.Clear();
        return _texts[key] = Encoding.UTF8.GetString(bytes);
    }

    private static bool IsSame(string text, ReadOnlySpan<byte> bytes)
    {
        Span<char> characters = stackalloc char[256];
        return text.Length <= characters.Length && bytes.Length <= characters.Length
            && Encoding.UTF8.TryGetChars(bytes, characters, out var count) && characters[..count].SequenceEqual(text);
    }
}
