using System.Globalization;

namespace ReadNext;

/// <summary>A made-up reader who reads everything on one subject and skips the rest, in a catalogue of its own: shows how fast lists learn.</summary>
internal sealed class Practice(Feed feed, IReadOnlyDictionary<string, Article> articles, TextWriter output)
{
    private const int Places = 5;

    public async Task RunAsync(string subject, int lists, CancellationToken cancellationToken)
    {
        await feed.ForgetAsync(cancellationToken);
        await feed.PutAsync([.. articles.Values], cancellationToken);
        var shares = new List<double>();
        for (var i = 0; i < lists; i++)
        {
            var list = await feed.NextAsync(Places, i, cancellationToken);
            var wanted = Enumerable.Range(0, list.Items.Count).Where(place => articles[list.Items[place].Item].Tags.Contains(subject)).ToList();
            for (var place = 0; place < list.Items.Count; place++) await feed.RecordAsync(list, place, wanted.Contains(place) ? "read" : "skip", cancellationToken);
            shares.Add(list.Items.Count == 0 ? 0 : wanted.Count / (double)list.Items.Count);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"list {i + 1}: {wanted.Count} of {list.Items.Count} on {subject}"));
        }

        await output.WriteLineAsync($"Read of each list: {LearningCurve.Draw(shares)}");
        await feed.ForgetAsync(cancellationToken);
    }
}
