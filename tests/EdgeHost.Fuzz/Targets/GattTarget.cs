using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Sensors;

namespace EdgeHost.Fuzz.Targets;

/// <summary>
/// What Bluetooth sensors send: a byte of the call's own, then for each notification the characteristic's place in a list, the length of its value, and the value. All of it becomes readings, a
/// reason why there is none, or what a meter was told of one; or it is refused.
/// </summary>
internal sealed class GattTarget : IFuzzTarget
{
    public const string TargetName = "gatt";

    private const byte KnowsZone = 0x01;
    private const byte KnowsUser = 0x02;
    private const long Time = 1_770_000_000_000;

    private static readonly string[] Characteristics = ["2A37", "2A18", "2A34", "2A35", "2A5E", "2A5F", "2A1C", "2A9D", "00002a37-0000-1000-8000-00805f9b34fb", "2AFF"];

    private readonly ReadingCheck _check = new();

    public string Name => TargetName;

    // A pulse with intervals, one without contact; glucose with its time; a time that does not exist; special values of both kinds of decimal floats; values of each other characteristic.
    public IReadOnlyList<byte[]> Tokens { get; } =
    [
        [0, 6, 0x16, 0x48, 0x00, 0x04, 0x00, 0x04], [0, 2, 0x04, 0x48], [1, 13, 0x02, 0x01, 0x00, 0xea, 0x07, 0x03, 0x1f, 0x0c, 0x00, 0x00, 0x64, 0xb0, 0x11], [0xea, 0x07, 0x02, 0x1e, 0x0c, 0x00, 0x00],
        [0xff, 0x07], [0xfe, 0x07], [0x02, 0x08], [0xff, 0x7f], [0xff, 0xff, 0x7f, 0x00], [0xfe, 0xff, 0x7f, 0x00], [0xff, 0xff, 0x7f, 0x7f], [2, 3, 0x00, 0x01, 0x00], [3, 7, 0x00, 0x78, 0x00, 0x50, 0x00, 0x5d, 0x00],
        [4, 5, 0x00, 0x62, 0x00, 0x48, 0x00], [5, 5, 0x00, 0x62, 0x00, 0x48, 0x00], [6, 5, 0x00, 0x6e, 0x01, 0x00, 0xff], [7, 3, 0x00, 0x70, 0x3c], [8, 2, 0x00, 0x48], [9, 0],
    ];

    public ValueTask<IReadOnlyCollection<string>> RunAsync(byte[] input) => ValueTask.FromResult(ImportAttempt.Run(() =>
    {
        var flags = input.Length > 0 ? input[0] : (byte)0;
        var notifications = Notifications(input.AsMemory(Math.Min(1, input.Length)));
        var values = new SensorValues(new RecordBleRequest
        {
            Device = "fuzz", Notifications = notifications, UtcOffsetMinutes = (flags & KnowsZone) != 0 ? 60 : null, UserId = (flags & KnowsUser) != 0 ? 1 : null,
        });
        for (var i = 0; i < notifications.Count; i++)
        {
            var before = (values.Readings.Count, values.Skipped.Count, values.Contexts.Count);
            values.Add(i);
            if (before == (values.Readings.Count, values.Skipped.Count, values.Contexts.Count)) throw new FuzzException($"Of notification {i} comes nothing.");
        }

        foreach (var context in values.Contexts)
        {
            foreach (var number in new[] { context.CarbohydrateGrams, context.MedicationAmount, context.Hba1cPercent })
            {
                if (number is { } known && !double.IsFinite(known)) throw new FuzzException($"A context has the number {known}.");
            }
        }

        return [.. _check.Run([.. values.Readings.Select(static reading => reading.Sample)]), .. values.Skipped.Select(static skipped => skipped.Reason), $"{Behaviour.Of(values.Contexts.Count)} contexts"];
    }));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static List<SensorNotification> Notifications(ReadOnlyMemory<byte> input)
    {
        var notifications = new List<SensorNotification>();
        while (input.Length >= 2)
        {
            var (characteristic, length) = (Characteristics[input.Span[0] % Characteristics.Length], Math.Min(input.Span[1], input.Length - 2));
            notifications.Add(new SensorNotification { Characteristic = characteristic, Value = new SensorValue(input.Slice(2, length)), Time = Time });
            input = input[(2 + length)..];
        }

        return notifications;
    }
}
