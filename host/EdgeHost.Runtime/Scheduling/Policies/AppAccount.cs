namespace EdgeHost.Runtime.Scheduling.Policies;

/// <summary>One app in one class: its waiting steps and its virtual time, which is the device time it used divided by its weight. Not thread-safe.</summary>
internal sealed class AppAccount(string app)
{
    public string App { get; } = app;

    public required double Weight { get; set; }

    /// <summary>In ticks of device time at weight 1.</summary>
    public double VirtualTime { get; set; }

    /// <summary>Waiting steps, least slack first.</summary>
    public TicketHeap Backlog { get; } = new(TicketHeap.Turns, TicketOrder.Urgency);

    /// <summary>Expected work of the waiting steps whose run time is known, in ticks.</summary>
    public long Work { get; set; }

    /// <summary>Waiting steps of which nothing is known.</summary>
    public int Unknown { get; set; }

    /// <summary>Steps that run.</summary>
    public int Running { get; set; }

    /// <summary>Its place among the apps with waiting steps, or -1.</summary>
    public int Place { get; set; } = -1;

    public bool IsIdle => Running == 0 && Backlog.Count == 0;
}
