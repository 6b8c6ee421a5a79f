using EdgeHost.Capabilities.Recommendation;
using EdgeHost.Plugins.Recommendation.Storage;

namespace EdgeHost.Plugins.Recommendation.Catalogs;

/// <summary>What requests want forgotten.</summary>
internal static class Forgetting
{
    /// <summary>Refuses requests that are wrong.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>.</exception>
    public static void Check(ForgetRequest request)
    {
        if (request is { User: null, Item: null, Event: null, From: null, To: null })
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, "Say what is to be forgotten: 'user', 'item', 'event', 'from' and 'to', or 'everything' for the whole catalogue.");
        }

        if (request is { Event: not null, User: null }) throw new EdgeHostException(ErrorCode.InvalidArgument, "Ids of events are of one user each: give 'user' with 'event'.");
        if (request.From >= request.To) throw new EdgeHostException(ErrorCode.InvalidArgument, $"Nothing is at or after {request.From} and before {request.To}; 'from' must be less than 'to'.");
    }

    /// <summary>Deletes within a transaction of its own, versions of models included: they may know what was deleted.</summary>
    /// <returns>How many events and items were deleted.</returns>
    public static (int Events, int Items) Delete(CatalogDatabase database, ForgetRequest request)
        => database.Transaction(() =>
        {
            var events = database.DeleteEvents(request.User, request.Item, request.Event, request.From, request.To);
            var isWhole = request is { Event: null, From: null, To: null };
            if (isWhole) database.DeleteShowings(request.User, request.Item);
            var items = 0;
            if (isWhole && request is { Item: { } item, User: null })
            {
                items = database.DeleteItem(item);
                database.Content.Forget(item);
            }

            foreach (var version in database.Versions()) DeleteVersion(database, version.Version);
            database.SetFact(Facts.Epoch, database.Fact(Facts.Epoch) + 1);
            return (events, items);
        });

    /// <summary>Deletes a version and what is known of it, within a transaction of the caller; its file goes after that.</summary>
    public static void DeleteVersion(CatalogDatabase database, long version)
    {
        database.DeleteVersion(version);
        database.DeleteFact(Facts.ItemsOf(version));
    }
}
