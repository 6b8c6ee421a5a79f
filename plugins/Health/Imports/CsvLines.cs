namespace EdgeHost.Plugins.Health.Imports;

/// <summary>The lines of a text, each within a buffer that the next one overwrites. Bounded, unlike <see cref="TextReader.ReadLine"/>: a file without line breaks would become one string. Not thread-safe.</summary>
internal sealed class CsvLines(TextReader reader)
{
    private const int MostCharacters = 10_000;

    private readonly char[] _buffer = new char[2 * MostCharacters];
    private int _start;
    private int _end;
    private bool _isOver;

    /// <summary>The line's number, from 1 on.</summary>
    public int Number { get; private set; }

    /// <summary>The next line, valid until the one after it is asked for; null at the end.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is too long.</exception>
    public ReadOnlyMemory<char>? Next()
    {
        Number++;
        var searched = 0;
        while (true)
        {
            var length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf('\n') + searched;
            if (length >= searched) return Take(length, length + 1);
            searched = _end - _start;
            if (searched > MostCharacters) throw TooLong();
            if (_isOver) return searched > 0 ? Take(searched, searched) : (ReadOnlyMemory<char>?)null; // Not an empty memory, which a bare null would become.
            Fill();
        }
    }

    private ReadOnlyMemory<char> Take(int length, int consumed)
    {
        if (length > MostCharacters) throw TooLong();
        var line = _buffer.AsMemory(_start, length);
        _start += consumed;
        return line is { Length: > 0 } && line.Span[^1] == '\r' ? line[..^1] : line;
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var read = reader.Read(_buffer.AsSpan(_end));
        _isOver = read == 0;
        _end += read;
    }

    private EdgeHostException TooLong() => CsvFormat.Invalid(Number, $"the line is longer than {MostCharacters} characters");
}
