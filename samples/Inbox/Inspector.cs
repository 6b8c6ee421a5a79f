using EdgeHost;
using EdgeHost.Capabilities.Language;
using EdgeHost.Capabilities.Translation;
using EdgeHost.Client;

namespace Inbox;

/// <summary>Has the host look at mails. All three capabilities share its models with other apps; looking through an inbox can wait, so that its calls are in the background.</summary>
internal sealed class Inspector(EdgeHostClient client, string language)
{
    // More of a mail says little more about it.
    private const int MostCharacters = 4000;
    private static readonly CallOptions Calmly = new() { Priority = CallPriority.Background };

    public async Task<Report> InspectAsync(Mail mail, CancellationToken cancellationToken)
    {
        var text = Cut(mail.Text);
        var all = string.Join('\n', new[] { mail.Subject, text }.Where(static part => !string.IsNullOrWhiteSpace(part)));
        if (all.Length == 0) return new Report(mail, "und", Tone: null, Subject: null, Text: null, "The mail has no text.");
        var detected = (await client.Translation.DetectLanguageAsync(all, Calmly, cancellationToken)).Language;
        var tone = detected is "en" or "zh" ? await ToneAsync(all, cancellationToken) : null;
        if (detected == "und" || IsSame(detected, language)) return new Report(mail, detected, tone, Subject: null, Text: null, Note: null);
        try
        {
            var answer = await client.Translation.TranslateAsync(new TranslateRequest { Texts = [mail.Subject, text], Source = detected, Target = language }, Calmly, cancellationToken);
            return new Report(mail, detected, tone, answer.Texts![0], answer.Texts[1], mail.Text.Length > text.Length ? $"Only the first {text.Length} characters were translated." : null);
        }
        catch (EdgeHostException e) when (e.Code is ErrorCode.NotFound or ErrorCode.FailedPrecondition or ErrorCode.InvalidArgument)
        {
            return new Report(mail, detected, tone, Subject: null, Text: null, e.Message);
        }
    }

    private async Task<string> ToneAsync(string text, CancellationToken cancellationToken)
        => (await client.Language.AnalyzeSentimentAsync(new AnalyzeSentimentRequest { Text = text }, Calmly, cancellationToken)).Label switch
        {
            Sentiment.Positive => "positive",
            Sentiment.Negative => "negative",
            _ => "neutral",
        };

    private static bool IsSame(string a, string b) => a.Split('-')[0].Equals(b.Split('-')[0], StringComparison.OrdinalIgnoreCase);

    private static string Cut(string text)
        => text.Length <= MostCharacters ? text : text[..(char.IsHighSurrogate(text[MostCharacters - 1]) ? MostCharacters - 1 : MostCharacters)];
}
