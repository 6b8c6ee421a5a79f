using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EdgeHost.Capabilities.Recommendation;
using EdgeHost.Plugins.Recommendation.Storage;
using EdgeHost.Serialization;

namespace EdgeHost.Plugins.Recommendation.Catalogs;

/// <summary>Everything that a catalogue holds, or what it holds of a user, as lines of JSON, some at a time so that other calls go on. What comes meanwhile may be in it. Used by one call.</summary>
internal sealed class CatalogExport(CatalogTurn turn, string? user)
{
    private const int MostRows = 500;

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private int _part = user is null ? 0 : 1;
    private string _lastItem = string.Empty;
    private long _last;

    /// <summary>Lines so far.</summary>
    public long Lines { get; private set; }

    /// <summary>The next lines; null at the end.</summary>
    /// <exception cref="EdgeHostException">As the database says.</exception>
    public async ValueTask<string?> NextAsync(CancellationToken cancellationToken)
    {
        while (_part < 3)
        {
            var lines = await turn.RunAsync((database, _) => ReadPart(database), cancellationToken).ConfigureAwait(false);
            if (lines.Count > 0)
            {
                Lines += lines.Count;
                return string.Concat(lines);
            }

            (_part, _last) = (_part + 1, 0);
        }

        return null;
    }

    private List<string> ReadPart(CatalogDatabase database) => _part switch
    {
        0 => [.. database.ItemsAfter(_lastItem, MostRows).Select(ItemLine)],
        1 => [.. database.EventRowsAfter(_last, user, MostRows).Select(EventLine)],
        _ => [.. database.ShowingRowsAfter(_last, user, MostRows).Select(ShowingLine)],
    };

    private string ItemLine(CatalogItem item)
    {
        _lastItem = item.Item;
        return Line("item", json =>
        {
            json.WritePropertyName("item");
            WireJson.WriteTo(WireMessageSerializer.ToArray(item), json);
        });
    }

    private string EventLine((long Seq, UserEvent Recorded) row)
    {
        _last = row.Seq;
        return Line("event", json =>
        {
            json.WritePropertyName("event");
            WireJson.WriteTo(WireMessageSerializer.ToArray(row.Recorded), json);
        });
    }

    private string ShowingLine((long Seq, string List, int Position, string User, string Item, double Propensity, long Time) row)
    {
        _last = row.Seq;
        return Line("showing", json =>
        {
            json.WriteStartObject("showing");
            json.WriteString("list", row.List);
            json.WriteNumber("position", row.Position);
            json.WriteString("user", row.User);
            json.WriteString("item", row.Item);
            json.WriteNumber("propensity", row.Propensity);
            json.WriteNumber("time", row.Time);
            json.WriteEndObject();
        });
    }

    private static string Line(string kind, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            json.WriteStartObject();
            json.WriteString("kind", kind);
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }
}
