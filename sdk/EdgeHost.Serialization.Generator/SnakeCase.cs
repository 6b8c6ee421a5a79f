using System.Text;

namespace EdgeHost.Serialization.Generator;

/// <summary>The wire's spelling of C# names: <c>BytesDone</c> is <c>bytes_done</c>, <c>HTTPPort</c> is <c>http_port</c>.</summary>
internal static class SnakeCase
{
    public static string From(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (i > 0 && char.IsUpper(c) && name[i - 1] != '_')
            {
                var startsWord = !char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]));
                if (startsWord) text.Append('_');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
