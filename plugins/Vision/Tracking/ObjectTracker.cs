using EdgeHost.Plugins.Vision.Geometry;

namespace EdgeHost.Plugins.Vision.Tracking;

/// <summary>
/// Follows things from frame to frame: ByteTrack (Zhang et al. 2022), which pairs sure findings with predicted places first and unsure ones with what is left. What it remembers is bounded by
/// <see cref="TrackingOptions.MaxTracks"/>. One stream's; not thread-safe.
/// </summary>
internal sealed class ObjectTracker(TrackingOptions options)
{
    private readonly List<Track> _tracks = [];
    private long _lastNumber;
    private long? _lastFrame;

    /// <summary>Takes a frame's findings.</summary>
    /// <param name="frame">The frame's place in the stream, dropped frames counted: more than the last one's.</param>
    /// <param name="found">What was found in it.</param>
    /// <returns>The findings that are followed, in the order of their tracks' numbers. What is seen for the first time is among them only in the stream's first frame, and otherwise once it is seen again.</returns>
    public IReadOnlyList<TrackedObservation> Update(long frame, IReadOnlyList<Observation> found)
    {
        var isFirst = _lastFrame is null;
        if (_lastFrame is { } last)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(frame, last);
            _tracks.RemoveAll(track => frame - track.LastSeen > options.Patience);
            foreach (var track in _tracks) track.Predict(frame - last, isSeen: track.LastSeen == last);
        }

        var sure = found.Where(item => item.Confidence >= options.HighConfidence).ToList();
        var unsure = found.Where(item => item.Confidence < options.HighConfidence && item.Confidence >= options.LowConfidence).ToList();
        Pair([.. _tracks.Where(static track => track.IsConfirmed)], sure, options.LeastOverlap, frame);

        // Only what was in the frame before: a track that is lost for longer would catch noise.
        Pair([.. _tracks.Where(track => track.IsConfirmed && track.LastSeen == _lastFrame)], unsure, options.LeastOverlapOfUnsure, frame);
        Pair([.. _tracks.Where(static track => !track.IsConfirmed)], sure, options.LeastOverlapOfNew, frame);
        _tracks.RemoveAll(track => track.LastSeen != frame && !track.IsConfirmed);
        foreach (var item in sure.Where(item => item.Confidence >= options.HighConfidence + options.NewTrackMargin)) _tracks.Add(new Track(item, frame, isFirst));
        Trim();
        _lastFrame = frame;
        return Report(frame);
    }

    private List<TrackedObservation> Report(long frame)
    {
        var seen = new List<TrackedObservation>();
        foreach (var track in _tracks.Where(track => track.IsConfirmed && track.LastSeen == frame))
        {
            if (track.Number == 0) track.Number = ++_lastNumber;
            seen.Add(new TrackedObservation(track.Number, track.Found, frame - track.FirstSeen));
        }

        seen.Sort(static (one, other) => one.Track.CompareTo(other.Track));
        return seen;
    }

    // What is paired leaves the findings.
    private static void Pair(Track[] tracks, List<Observation> found, float leastOverlap, long frame)
    {
        var costs = new float[tracks.Length, found.Count];
        for (var row = 0; row < tracks.Length; row++)
        {
            var place = tracks[row].Place;
            for (var column = 0; column < found.Count; column++)
            {
                costs[row, column] = found[column].Label == tracks[row].Found.Label ? 1 - Bounds.Overlap(place, found[column].Box) : float.PositiveInfinity;
            }
        }

        var columnOf = Assignment.Solve(costs, 1 - leastOverlap);
        for (var row = 0; row < tracks.Length; row++)
        {
            if (columnOf[row] >= 0) tracks[row].See(found[columnOf[row]], frame);
        }

        foreach (var column in columnOf.Where(static column => column >= 0).OrderDescending()) found.RemoveAt(column);
    }

    private void Trim()
    {
        if (_tracks.Count <= options.MaxTracks) return;
        _tracks.Sort(static (one, other) => other.LastSeen.CompareTo(one.LastSeen));
        _tracks.RemoveRange(options.MaxTracks, _tracks.Count - options.MaxTracks);
    }

    private sealed class Track(Observation found, long frame, bool isConfirmed)
    {
        private readonly BoxMotion _motion = new(found.Box);

        public long Number { get; set; }

        public long FirstSeen { get; } = frame;

        public long LastSeen { get; private set; } = frame;

        public bool IsConfirmed { get; private set; } = isConfirmed;

        public Observation Found { get; private set; } = found;

        public Bounds Place => _motion.Box;

        public void Predict(long frames, bool isSeen) => _motion.Predict(frames, isSeen);

        public void See(Observation observation, long frame)
        {
            _motion.Correct(observation.Box);
            (Found, LastSeen, IsConfirmed) = (observation, frame, true);
        }
    }
}
