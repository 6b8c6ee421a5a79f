using System.Text;

namespace EdgeHost.Plugins.Vision.Text;

/// <summary>The recogniser's classes: 0 is the blank, then the lines of its dictionary, last the space. Immutable.</summary>
internal sealed class Alphabet
{
    /// <summary>The class that stands for no character.</summary>
    public const int Blank = 0;

    private readonly string[] _characters;

    private Alphabet(string[] characters) => _characters = characters;

    /// <summary>Number of classes.</summary>
    public int Count => _characters.Length;

    /// <summary>The class of the space.</summary>
    public int Space => _characters.Length - 1;

    /// <summary>The character of a class, one or more UTF-16 units; empty for the blank.</summary>
    public string this[int index] => _characters[index];

    /// <summary>Reads a dictionary: UTF-8, one character a line.</summary>
    public static Alphabet Parse(ReadOnlySpan<byte> dictionary)
    {
        var characters = new List<string> { string.Empty };
        while (!dictionary.IsEmpty)
        {
            var end = dictionary.IndexOf((byte)'\n');
            var line = end < 0 ? dictionary : dictionary[..end];
            dictionary = end < 0 ? [] : dictionary[(end + 1)..];
            if (line.EndsWith("\r"u8)) line = line[..^1];
            characters.Add(Encoding.UTF8.GetString(line));
        }

        characters.Add(" ");
        return new Alphabet([.. characters]);
    }
}
