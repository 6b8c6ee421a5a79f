using System.Globalization;
using System.Text;

namespace EdgeHost.Serialization.Generator;

/// <summary>JSON text of strings and numbers.</summary>
internal static class Json
{
    public static string Quote(string text)
    {
        var json = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            if (c is '"' or '\\') json.Append('\\').Append(c);
            else if (c < ' ') json.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else json.Append(c);
        }

        return json.Append('"').ToString();
    }

    /// <summary>The number, or null for one that JSON does not have.</summary>
    public static string? Number(double value)
        => double.IsNaN(value) || double.IsInfinity(value) ? null : value.ToString("R", CultureInfo.InvariantCulture);
}
