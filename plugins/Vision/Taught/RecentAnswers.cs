using System.Security.Cryptography;

namespace EdgeHost.Plugins.Vision.Taught;

/// <summary>The vectors that answers of late were made of, so that a correction needs no picture: a bounded number, for a bounded time, in memory alone. Thread-safe.</summary>
internal sealed class RecentAnswers(TeachingOptions options, TimeProvider time)
{
    private const int IdBytes = 8;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RecentAnswer> _answers = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = [];

    /// <summary>Keeps one; the oldest goes for it.</summary>
    /// <returns>Its id, 16 characters that nobody can guess; null: none are kept.</returns>
    public string? Add(AppIdentity app, string classifier, string encoder, float[] vector)
    {
        if (options.MaxAnswers == 0) return null;
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        var now = time.GetUtcNow();
        lock (_gate)
        {
            while (_order.TryPeek(out var oldest) && (_order.Count >= options.MaxAnswers || IsOver(_answers[oldest], now))) _answers.Remove(_order.Dequeue());
            _answers.Add(id, new RecentAnswer(app.Name, app.UserId, classifier, encoder, vector, now));
            _order.Enqueue(id);
        }

        return id;
    }

    /// <summary>Finds one of an app's own answers.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: the app has no such answer of the classifier, or not any more.</exception>
    public RecentAnswer Find(AppIdentity app, string classifier, string id)
    {
        lock (_gate)
        {
            if (_answers.TryGetValue(id, out var found) && (found.App, found.User, found.Classifier) == (app.Name, app.UserId, classifier) && !IsOver(found, time.GetUtcNow())) return found;
        }

        throw new EdgeHostException(ErrorCode.NotFound, "The classifier gave this app no such answer, or it is too long ago; send the picture as 'image' instead.");
    }

    private bool IsOver(RecentAnswer answer, DateTimeOffset now) => now - answer.Time > options.AnswerLifetime;
}
