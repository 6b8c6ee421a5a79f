using EdgeHost.Capabilities.Vision;
using EdgeHost.Plugins.Vision.Imaging;
using EdgeHost.Plugins.Vision.Objects;
using EdgeHost.Plugins.Vision.Tracking;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Vision.Watching;

/// <summary>Serves <c>vision.watch</c>.</summary>
[Capability(
    VisionMethods.Watch,
    Summary = "Follows people, animals, vehicles and other things through the frames of a video while they come in.",
    Example = """{"labels":["person"],"min_confidence":0.4}""",
    Models = ["det-centernet"])]
internal sealed class WatchHandler(ObjectDetector detector, PictureDecoder decoder) : DuplexCapabilityHandler<WatchRequest, VideoFrame, WatchedFrame, WatchResponse>
{
    // That of the default detector; what begins to be followed needs a little more.
    private const float StandardConfidence = 0.35f;
    private const float NewTrackMargin = 0.05f;

    public override async ValueTask<WatchResponse> HandleAsync(
        WatchRequest request, IAsyncEnumerable<VideoFrame> pushes, ItemWriter<WatchedFrame> items, CapabilityContext context, CancellationToken cancellationToken)
    {
        var options = OptionsOf(request);
        var tracker = new ObjectTracker(options);
        var wish = new ObjectWish { MinConfidence = options.LowConfidence, MaxResults = request.MaxResults ?? ObjectWish.Default.MaxResults, Labels = request.Labels ?? [], Model = request.Model };
        var (last, dropped, models) = (-1L, 0L, new SortedSet<string>(StringComparer.Ordinal));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var latest = new LatestFrame(decoder);
        var filling = latest.FillAsync(pushes, stop.Token);
        try
        {
            await foreach (var frame in latest.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                using (frame)
                {
                    var missed = frame.Number - last - 1;
                    (last, dropped) = (frame.Number, dropped + missed);
                    await items.WriteAsync(await LookAsync(frame, missed).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await filling.ConfigureAwait(false);
        }

        return new WatchResponse { Frames = latest.Frames, Dropped = dropped, Models = [.. models] };

        async ValueTask<WatchedFrame> LookAsync(FrameCopy frame, long missed)
        {
            if (frame.Problem is { } problem) return new WatchedFrame { Frame = frame.Number, TimeMs = frame.TimeMs, Dropped = missed, Problem = problem };
            try
            {
                var found = await detector.DetectAsync(frame.Image, wish, context.Models, cancellationToken).ConfigureAwait(false);
                models.Add(found.Model);
                var seen = tracker.Update(frame.Number, [.. found.Objects.Select(static thing => new Observation(thing.Label, thing.Confidence, thing.Box))]);
                return new WatchedFrame
                {
                    Frame = frame.Number,
                    TimeMs = frame.TimeMs,
                    Dropped = missed,
                    Objects = [.. seen.Select(ToObject)],
                    Width = (int)found.Size.X,
                    Height = (int)found.Size.Y,
                };
            }
            catch (EdgeHostException e) when (e.Code == ErrorCode.InvalidArgument && !e.Details.ContainsKey("field"))
            {
                // A damaged frame; a camera's next one may be whole.
                return new WatchedFrame { Frame = frame.Number, TimeMs = frame.TimeMs, Dropped = missed, Problem = e.Message };
            }
        }
    }

    private static TrackingOptions OptionsOf(WatchRequest request)
    {
        var standard = new TrackingOptions();
        var high = (float?)request.MinConfidence ?? StandardConfidence;
        return standard with
        {
            HighConfidence = high,
            NewTrackMargin = Math.Min(NewTrackMargin, 1 - high),
            LowConfidence = Math.Min(standard.LowConfidence, high),
            Patience = request.PatienceFrames ?? standard.Patience,
        };
    }

    private static TrackedObject ToObject(TrackedObservation seen) => new()
    {
        Track = seen.Track,
        Label = seen.Found.Label,
        Confidence = seen.Found.Confidence,
        Box = ToBox(seen.Found.Box),
        Age = seen.Age,
    };

    private static Box ToBox(Geometry.Bounds box) => new(box.TopLeft.X, box.TopLeft.Y, box.Size.X, box.Size.Y);
}
