using System.Text;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Vision.Text;

/// <summary>All lines of a picture in reading order.</summary>
/// <param name="Lines">The lines.</param>
/// <param name="Width">Width of the full upright picture.</param>
/// <param name="Height">Height of the full upright picture.</param>
/// <param name="Models">The models that ran, in order.</param>
internal sealed record RecognizedPage(IReadOnlyList<RecognizedLine> Lines, int Width, int Height, IReadOnlyList<ModelDescription> Models)
{
    /// <summary>The whole text: pieces that stand side by side are joined by a space, rows by a line feed.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder();
            for (var i = 0; i < Lines.Count; i++)
            {
                if (i > 0) text.Append(Lines[i].Row == Lines[i - 1].Row ? ' ' : '\n');
                text.Append(Lines[i].Text);
            }

            return text.ToString();
        }
    }
}
