using EdgeHost.Capabilities.Vision;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>Videos through the real socket: what is followed, what is dropped, what a bad frame does.</summary>
public class WatchTests(ServingHost host) : IClassFixture<ServingHost>
{
    private static readonly byte[] Portrait = File.ReadAllBytes(Path.Combine(Repository.Root, "samples", "Photos", "astronaut.jpg"));

    [ModelsFact]
    public async Task Frames_OneByOne_KeepTheNumberOfWhatTheyShow()
    {
        await using var client = await host.ConnectAsync();
        await using var call = await client.Vision.OpenWatchAsync(new WatchRequest { Labels = ["person"] });
        var answers = call.ReadAllAsync().GetAsyncEnumerator();
        var tracks = new List<long>();
        for (var frame = 0; frame < 4; frame++)
        {
            await call.PushAsync(new VideoFrame { Image = frame == 2 ? "no picture"u8.ToArray() : Portrait, TimeMs = frame * 40 });
            Assert.True(await answers.MoveNextAsync());
            var seen = answers.Current;
            Assert.Equal((frame, frame * 40, 0), (seen.Frame, seen.TimeMs, seen.Dropped));
            if (frame == 2)
            {
                Assert.Contains("not an image", seen.Problem, StringComparison.Ordinal);
                continue;
            }

            var person = Assert.Single(seen.Objects);
            Assert.Equal(("person", frame), (person.Label, person.Age));
            Assert.True(person.Box.X >= 0 && person.Box.X + person.Box.Width <= seen.Width);
            tracks.Add(person.Track);
        }

        await call.CompleteAsync();
        Assert.False(await answers.MoveNextAsync());
        Assert.Equal([1, 1, 1], tracks);
        var end = await call.ResponseAsync();
        Assert.Equal((4, 0), (end.Frames, end.Dropped));
        Assert.StartsWith("det-centernet@", Assert.Single(end.Models), StringComparison.Ordinal);
    }

    [ModelsFact]
    public async Task Frames_FasterThanTheyAreLookedAt_AreDroppedAndCounted()
    {
        const int frames = 60;
        await using var client = await host.ConnectAsync();
        await using var call = await client.Vision.OpenWatchAsync(new WatchRequest());
        var pushing = Task.Run(async () =>
        {
            for (var frame = 0; frame < frames; frame++) await call.PushAsync(new VideoFrame { Image = Portrait });
            await call.CompleteAsync();
        });
        var (looked, dropped, last) = (0L, 0L, -1L);
        await foreach (var seen in call.ReadAllAsync())
        {
            Assert.True(seen.Frame > last);
            (looked, dropped, last) = (looked + 1, dropped + seen.Dropped, seen.Frame);
        }

        await pushing;
        var end = await call.ResponseAsync();

        // The last frame is always looked at, since nothing newer takes its place.
        Assert.Equal((frames, frames - 1), (end.Frames, last));
        Assert.Equal(frames, looked + dropped);
        Assert.Equal(dropped, end.Dropped);
    }

    [ModelsFact]
    public async Task Label_ThatTheModelDoesNotKnow_EndsTheStream()
    {
        await using var client = await host.ConnectAsync();
        await using var call = await client.Vision.OpenWatchAsync(new WatchRequest { Labels = ["unicorn"] });
        await call.PushAsync(new VideoFrame { Image = Portrait });

        var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await call.ResponseAsync());

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains("'unicorn'", error.Message, StringComparison.Ordinal);
    }
}
