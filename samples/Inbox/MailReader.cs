using System.Runtime.CompilerServices;
using MimeKit;
using MimeKit.Text;

namespace Inbox;

/// <summary>Reads mail files one by one. A file that is no mail is told of and left out.</summary>
internal static class MailReader
{
    /// <summary>Reads.</summary>
    /// <param name="path">An <c>.eml</c> or <c>.mbox</c> file, or a folder of them.</param>
    /// <param name="report">Told of what was left out.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async IAsyncEnumerable<Mail> ReadAsync(string path, Action<string> report, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string[] files = Directory.Exists(path)
            ? [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(static file => FormatOf(file) is not null).Order(StringComparer.Ordinal)]
            : [path];
        foreach (var file in files)
        {
            await using var stream = File.OpenRead(file);
            var parser = new MimeParser(stream, FormatOf(file) ?? MimeFormat.Entity);
            while (!parser.IsEndOfStream)
            {
                Mail mail;
                try
                {
                    mail = MailOf(file, await parser.ParseMessageAsync(cancellationToken));
                }
                catch (FormatException e)
                {
                    report($"{file}: {e.Message}");
                    break;
                }

                yield return mail;
            }
        }
    }

    private static MimeFormat? FormatOf(string file) => Path.GetExtension(file).ToUpperInvariant() switch
    {
        ".EML" => MimeFormat.Entity,
        ".MBOX" => MimeFormat.Mbox,
        _ => null,
    };

    private static Mail MailOf(string file, MimeMessage message) => new(
        file,
        message.From.Mailboxes.FirstOrDefault() is { } sender ? sender.Name is { Length: > 0 } name ? name : sender.Address : "somebody",
        message.Headers.Contains(HeaderId.Date) ? message.Date : null,
        message.Subject ?? string.Empty,
        OwnText(message.TextBody ?? TextOf(message.HtmlBody)));

    /// <summary>The text without what it quotes and without its signature (<c>-- </c> on a line of its own, RFC 3676, section 4.3).</summary>
    private static string OwnText(string text)
        => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').TakeWhile(static line => line is not "-- ").Where(static line => !line.StartsWith('>'))).Trim();

    private static string TextOf(string? html)
    {
        if (html is null) return string.Empty;
        using var writer = new StringWriter();
        var tokenizer = new HtmlTokenizer(new StringReader(html));
        var hidden = 0;
        while (tokenizer.ReadNextToken(out var token))
        {
            if (token is HtmlTagToken tag)
            {
                if (tag.Id is HtmlTagId.Style or HtmlTagId.Script or HtmlTagId.Title) hidden = Math.Max(0, hidden + (tag.IsEndTag ? -1 : 1));
                if (tag.Id is HtmlTagId.P or HtmlTagId.Br or HtmlTagId.Div or HtmlTagId.LI or HtmlTagId.TR) writer.Write('\n');
            }
            else if (token is HtmlDataToken data && data.Kind == HtmlTokenKind.Data && hidden == 0)
            {
                writer.Write(data.Data);
            }
        }

        return writer.ToString();
    }
}
