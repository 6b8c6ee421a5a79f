using System.Globalization;
using EdgeHost.Capabilities.Recommendation;

namespace ReadNext;

/// <summary>Shows lists, one after the other, and learns from what the reader types.</summary>
internal sealed class Reading(Feed feed, IReadOnlyDictionary<string, Article> articles, TextReader input, TextWriter output)
{
    private const int Places = 5;
    private const string Help = "NUMBER reads, +NUMBER likes, -NUMBER is not interested; n: next, e: evaluation, q: quit";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await output.WriteLineAsync(Help);
        var list = await ShowAsync(cancellationToken);
        while (await input.ReadLineAsync(cancellationToken) is { } line && line.Trim() is not "q")
        {
            switch (line.Trim())
            {
                case "":
                    break;
                case "n":
                    list = await ShowAsync(cancellationToken);
                    break;
                case "e":
                    await EvaluateAsync(cancellationToken);
                    break;
                case var command:
                    if (await ActAsync(list, command, cancellationToken)) list = await ShowAsync(cancellationToken);
                    else await output.WriteLineAsync(Help);
                    break;
            }
        }
    }

    private async Task<bool> ActAsync(RecommendResponse list, string command, CancellationToken cancellationToken)
    {
        var type = command[0] switch { '+' => "like", '-' => "not_interested", _ => "read" };
        if (!int.TryParse(command.TrimStart('+', '-'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1 || number > list.Items.Count) return false;
        await feed.RecordAsync(list, number - 1, type, cancellationToken);
        if (type == "read" && articles.TryGetValue(list.Items[number - 1].Item, out var article)) await output.WriteLineAsync($"\n{article.Title}\n{article.Text}");
        return true;
    }

    private async Task<RecommendResponse> ShowAsync(CancellationToken cancellationToken)
    {
        var list = await feed.NextAsync(Places, null, cancellationToken);
        await output.WriteLineAsync();
        for (var i = 0; i < list.Items.Count; i++)
        {
            var item = list.Items[i];
            await output.WriteLineAsync($"{i + 1}. {articles.GetValueOrDefault(item.Item)?.Title ?? item.Item}");
            if (item.Reasons is [var reason, ..]) await output.WriteLineAsync($"   {reason.Text}");
        }

        if (list.Items.Count == 0) await output.WriteLineAsync("Everything is read.");
        return list;
    }

    private async Task EvaluateAsync(CancellationToken cancellationToken)
    {
        await output.WriteLineAsync($"Read of each list: {LearningCurve.Draw(await feed.CurveAsync(cancellationToken))}");
        if (await feed.EvaluateAsync(cancellationToken) is not { } evaluated)
        {
            await output.WriteLineAsync("Read two articles or more, and models can be compared.");
            return;
        }

        await output.WriteLineAsync($"{"model",-14}{"nDCG@10",9}{"recall",9}{"coverage",10}");
        foreach (var figures in evaluated.Figures)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{figures.Model,-14}{figures.Ndcg,9:0.000}{figures.Recall,9:0.000}{figures.Coverage,10:0.000}"));
        }
    }
}
