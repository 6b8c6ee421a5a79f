using System.Globalization;
using System.Text;

namespace TeachMyDevice;

/// <summary>How often what was meant (rows) was understood as what (columns).</summary>
internal sealed class ConfusionMatrix(IReadOnlyList<string> labels)
{
    private readonly int[,] _counts = new int[labels.Count, labels.Count];
    private int _seen;
    private int _right;

    public double Accuracy => _seen == 0 ? 0 : (double)_right / _seen;

    public void Add(string meant, string understood)
    {
        _seen++;
        if (meant == understood) _right++;
        var (row, column) = (IndexOf(meant), IndexOf(understood));
        if (row >= 0 && column >= 0) _counts[row, column]++;
    }

    public override string ToString()
    {
        var width = labels.Max(static label => label.Length) + 2;
        var text = new StringBuilder(string.Empty.PadRight(width + 2));
        foreach (var label in labels) text.Append(label.PadLeft(width));
        text.AppendLine();
        for (var row = 0; row < labels.Count; row++)
        {
            text.Append("  ").Append(labels[row].PadRight(width));
            for (var column = 0; column < labels.Count; column++) text.Append((_counts[row, column] == 0 ? "." : _counts[row, column].ToString(CultureInfo.InvariantCulture)).PadLeft(width));
            text.AppendLine();
        }

        return text.Append(CultureInfo.InvariantCulture, $"  {_right} of {_seen} right, {Accuracy:P0}").ToString();
    }

    private int IndexOf(string label)
    {
        for (var i = 0; i < labels.Count; i++) if (labels[i] == label) return i;
        return -1;
    }
}
