using System.Globalization;

namespace Inbox;

/// <summary>Reports as people read them.</summary>
internal sealed class TextOutput(TextWriter writer) : IMailOutput
{
    public void Write(Report report)
    {
        var mail = report.Mail;
        writer.WriteLine($"{mail.Date?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "no date"}  {mail.From}  [{report.Language}{(report.Tone is null ? "" : $", {report.Tone}")}]");
        writer.WriteLine($"  {mail.Subject}");
        if (report.Subject is { Length: > 0 } subject) writer.WriteLine($"  = {subject}");
        foreach (var line in (report.Text ?? mail.Text).Split('\n').Where(static line => line.Length > 0)) writer.WriteLine($"    {line}");
        if (report.Note is not null) writer.WriteLine($"  ({report.Note})");
        writer.WriteLine();
    }
}
