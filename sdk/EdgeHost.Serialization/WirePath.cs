using System.Runtime.CompilerServices;
using System.Text;

namespace EdgeHost.Serialization;

/// <summary>The names of the fields being read, outermost first, kept without allocation until an error needs the text.</summary>
internal struct WirePath
{
    private const int Capacity = 16;

    // Names of free-form maps come from the peer; an error does not echo a long one back.
    private const int ShownCharacters = 64;

    private Names _names;
    private int _depth;

    public void Push(string name)
    {
        if (_depth < Capacity) _names[_depth] = name;
        _depth++;
    }

    public void Pop() => _depth--;

    public override readonly string ToString()
    {
        if (_depth == 0) return "The body";
        var text = new StringBuilder("Field '");
        for (var i = 0; i < Math.Min(_depth, Capacity); i++)
        {
            if (i > 0) text.Append('.');
            var name = _names[i];
            if (name.Length <= ShownCharacters) text.Append(name);
            else text.Append(name, 0, ShownCharacters).Append('…');
        }

        if (_depth > Capacity) text.Append(".…");

        return text.Append('\'').ToString();
    }

    [InlineArray(Capacity)]
    private struct Names
    {
        private string _first;
    }
}
