package io.auspex.datastore.storage;

/** The data folder cannot be used, or what is in it cannot be trusted; the message says which file and what to do. */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StorageException(String message) {
        super(message);
    }

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
