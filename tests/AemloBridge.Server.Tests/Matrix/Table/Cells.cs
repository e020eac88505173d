namespace AemloBridge.Server.Tests.Matrix.Table;

/// <summary>What the request of a row is about.</summary>
internal enum About
{
    /// <summary>The data set, the model and the ended job that the tenant has all the time.</summary>
    Kept,

    /// <summary>A data set that may go.</summary>
    SpareDataset,

    /// <summary>A model that may go.</summary>
    SpareModel,

    /// <summary>A job of its own, as long as the column wants it.</summary>
    OwnJob,

    /// <summary>A job of its own that never ends by itself.</summary>
    EndlessJob,
}

/// <summary>How far a call goes before it is cancelled, its deadline passes, or the server is killed.</summary>
internal enum Held
{
    /// <summary>The request lacks its end: the answer of such a call is there the moment after.</summary>
    Unfinished,

    /// <summary>The first of its answers is read.</summary>
    Answering,

    /// <summary>Its job runs and has a checkpoint.</summary>
    Running,

    /// <summary>Its job waits for the device: a generation is over too soon to be met while it runs.</summary>
    Waiting,
}

/// <summary>What is left of a call that is cancelled, or whose deadline passes.</summary>
internal enum WhenLeft
{
    /// <summary>Everything is as it was before.</summary>
    NothingDone,

    /// <summary>The time of last use, which a call that has begun to answer has moved.</summary>
    TimeOfUse,

    /// <summary>Its job ends, and says why.</summary>
    JobCancelled,

    /// <summary>The job that it watches goes on.</summary>
    JobGoesOn,
}

/// <summary>What comes of a call when the worker is killed.</summary>
internal enum WhenWorkerKilled
{
    /// <summary>The same as ever: the front end needs no worker for it.</summary>
    Unaffected,

    /// <summary>Its job is taken up by the next worker and ends with the rows of an undisturbed run.</summary>
    EndsUndisturbed,
}

/// <summary>What there is after a restart; a call that was in flight has ended with UNAVAILABLE.</summary>
internal enum WhenRestarted
{
    /// <summary>What it is about is found again.</summary>
    FoundAgain,

    /// <summary>Nothing of the upload that was broken off; it can be sent again.</summary>
    NothingOfTheUpload,

    /// <summary>Its job, which ends with the rows of an undisturbed run.</summary>
    JobGoesOn,

    /// <summary>Nothing: the call is about nothing that is kept, and answers as before.</summary>
    KeepsNothing,
}

/// <summary>What another tenant gets.</summary>
internal enum ForOtherTenant
{
    /// <summary>NOT_FOUND, in the words for what does not exist.</summary>
    NotFound,

    /// <summary>A list without it.</summary>
    EmptyList,

    /// <summary>A copy of its own, without a word on that there is one already.</summary>
    OwnCopy,

    /// <summary>Its own name: nothing else in the answer is a tenant's.</summary>
    OwnName,
}
