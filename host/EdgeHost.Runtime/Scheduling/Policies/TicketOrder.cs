namespace EdgeHost.Runtime.Scheduling.Policies;

/// <summary>Orders of a <see cref="TicketHeap"/>. All end with the order of arrival.</summary>
internal enum TicketOrder
{
    /// <summary>Arrival.</summary>
    Arrival,

    /// <summary>Least slack first, no deadline last.</summary>
    Urgency,

    /// <summary>Highest class, then least slack.</summary>
    ClassThenUrgency,

    /// <summary>Shortest expected run first, unknown last.</summary>
    ExpectedRun,
}
