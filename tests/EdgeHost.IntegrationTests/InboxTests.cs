using System.Text;
using System.Text.Json.Nodes;
using EdgeHost.IntegrationTests.Running;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>The sample Inbox as a program beside a running host, over the models that ship.</summary>
public sealed class InboxTests(ServingHost host) : IClassFixture<ServingHost>, IDisposable
{
    private const string Praise = "From: Ann <ann@example.org>\nDate: Mon, 02 Mar 2026 10:15:00 +0100\nSubject: Thank you\nContent-Type: text/plain; charset=utf-8\n\nThis is wonderful, I am very happy with it. Thank you very much!\n\n> What do you think?\n-- \nAnn\n";
    private const string Complaint = "From: bob@example.org\nSubject: =?utf-8?B?5oqx5oCo?=\nContent-Type: text/html; charset=utf-8\n\n<html><head><title>x</title><style>p {}</style></head><body><p>房间又小又脏，服务很差，再也不会来了。</p></body></html>\n";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Folder_OfMails_IsToldInTheReadersLanguage()
    {
        await WriteAsync("1.eml", Praise);
        await WriteAsync("2.eml", Complaint);
        await WriteAsync("3.eml", "From: c@example.org\n\n");
        await WriteAsync("readme.txt", "no mail");

        var reports = await RunAsync(_folder.Path, "en");

        Assert.Equal(3, reports.Count);
        Assert.Equal(("en", "positive"), (Text(reports[0], "language"), Text(reports[0], "tone")));
        Assert.Equal("This is wonderful, I am very happy with it. Thank you very much!", reports[0]["mail"]!["text"]!.GetValue<string>());
        Assert.Null(reports[0]["text"]);
        Assert.Equal(("zh", "negative"), (Text(reports[1], "language"), Text(reports[1], "tone")));
        Assert.Equal("抱怨", reports[1]["mail"]!["subject"]!.GetValue<string>());
        Assert.Matches("[a-z]{3}", Text(reports[1], "text"));
        Assert.Equal("und", Text(reports[2], "language"));
    }

    [Fact]
    public async Task Mbox_WithSeveralMails_IsReadToItsEnd()
    {
        await WriteAsync("all.mbox", $"From ann@example.org Mon Mar  2 10:15:00 2026\n{Praise}\nFrom bob@example.org Mon Mar  2 11:15:00 2026\n{Complaint}");

        var reports = await RunAsync(_folder.Combine("all.mbox"), "fr");

        Assert.Equal(2, reports.Count);
        Assert.NotEmpty(Text(reports[0], "text"));
        Assert.Equal("zh", Text(reports[1], "language"));
    }

    [Fact]
    public async Task Language_ThatNoModelLeadsTo_IsANote()
    {
        await WriteAsync("1.eml", Praise);

        var report = Assert.Single(await RunAsync(_folder.Path, "sw"));

        Assert.Null(report["text"]);
        Assert.NotEmpty(Text(report, "note"));
    }

    private static string Text(JsonNode report, string field) => report[field]!.GetValue<string>();

    private Task WriteAsync(string name, string content) => File.WriteAllTextAsync(_folder.Combine(name), content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

    private async Task<IReadOnlyList<JsonNode>> RunAsync(string path, string language)
    {
        var (exitCode, output) = await Samples.RunAsync("Inbox", host.Endpoint, path, language, "--json");
        Assert.True(exitCode == 0, output);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonNode.Parse(line)!)];
    }
}
