import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.Date;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;

/** Every method of a prepared statement, refused and counted; a driver's statement overrides what it wants to have. */
@SuppressWarnings("deprecation")
abstract class RefusingStatement implements PreparedStatement {
    @Override public void addBatch() { throw HostileDriver.refused("addBatch"); }
    @Override public void addBatch(String p0) { throw HostileDriver.refused("addBatch"); }
    @Override public void cancel() { throw HostileDriver.refused("cancel"); }
    @Override public void clearBatch() { throw HostileDriver.refused("clearBatch"); }
    @Override public void clearParameters() { throw HostileDriver.refused("clearParameters"); }
    @Override public void clearWarnings() { throw HostileDriver.refused("clearWarnings"); }
    @Override public void close() throws SQLException { throw HostileDriver.refused("close"); }
    @Override public void closeOnCompletion() { throw HostileDriver.refused("closeOnCompletion"); }
    @Override public boolean execute() throws SQLException { throw HostileDriver.refused("execute"); }
    @Override public boolean execute(String p0, int[] p1) throws SQLException { throw HostileDriver.refused("execute"); }
    @Override public boolean execute(String p0, String[] p1) throws SQLException { throw HostileDriver.refused("execute"); }
    @Override public boolean execute(String p0, int p1) throws SQLException { throw HostileDriver.refused("execute"); }
    @Override public boolean execute(String p0) throws SQLException { throw HostileDriver.refused("execute"); }
    @Override public int[] executeBatch() throws SQLException { throw HostileDriver.refused("executeBatch"); }
    @Override public ResultSet executeQuery() throws SQLException { throw HostileDriver.refused("executeQuery"); }
    @Override public ResultSet executeQuery(String p0) throws SQLException { throw HostileDriver.refused("executeQuery"); }
    @Override public int executeUpdate() throws SQLException { throw HostileDriver.refused("executeUpdate"); }
    @Override public int executeUpdate(String p0, int[] p1) throws SQLException { throw HostileDriver.refused("executeUpdate"); }
    @Override public int executeUpdate(String p0, String[] p1) throws SQLException { throw HostileDriver.refused("executeUpdate"); }
    @Override public int executeUpdate(String p0, int p1) throws SQLException { throw HostileDriver.refused("executeUpdate"); }
    @Override public int executeUpdate(String p0) throws SQLException { throw HostileDriver.refused("executeUpdate"); }
    @Override public Connection getConnection() { throw HostileDriver.refused("getConnection"); }
    @Override public int getFetchDirection() { throw HostileDriver.refused("getFetchDirection"); }
    @Override public int getFetchSize() { throw HostileDriver.refused("getFetchSize"); }
    @Override public ResultSet getGeneratedKeys() { throw HostileDriver.refused("getGeneratedKeys"); }
    @Override public int getMaxFieldSize() { throw HostileDriver.refused("getMaxFieldSize"); }
    @Override public int getMaxRows() { throw HostileDriver.refused("getMaxRows"); }
    @Override public ResultSetMetaData getMetaData() { throw HostileDriver.refused("getMetaData"); }
    @Override public boolean getMoreResults() { throw HostileDriver.refused("getMoreResults"); }
    @Override public boolean getMoreResults(int p0) { throw HostileDriver.refused("getMoreResults"); }
    @Override public ParameterMetaData getParameterMetaData() { throw HostileDriver.refused("getParameterMetaData"); }
    @Override public int getQueryTimeout() { throw HostileDriver.refused("getQueryTimeout"); }
    @Override public ResultSet getResultSet() { throw HostileDriver.refused("getResultSet"); }
    @Override public int getResultSetConcurrency() { throw HostileDriver.refused("getResultSetConcurrency"); }
    @Override public int getResultSetHoldability() { throw HostileDriver.refused("getResultSetHoldability"); }
    @Override public int getResultSetType() { throw HostileDriver.refused("getResultSetType"); }
    @Override public int getUpdateCount() { throw HostileDriver.refused("getUpdateCount"); }
    @Override public SQLWarning getWarnings() { throw HostileDriver.refused("getWarnings"); }
    @Override public boolean isCloseOnCompletion() { throw HostileDriver.refused("isCloseOnCompletion"); }
    @Override public boolean isClosed() { throw HostileDriver.refused("isClosed"); }
    @Override public boolean isPoolable() { throw HostileDriver.refused("isPoolable"); }
    @Override public boolean isWrapperFor(Class<?> p0) { throw HostileDriver.refused("isWrapperFor"); }
    @Override public void setArray(int p0, Array p1) { throw HostileDriver.refused("setArray"); }
    @Override public void setAsciiStream(int p0, InputStream p1, int p2) { throw HostileDriver.refused("setAsciiStream"); }
    @Override public void setAsciiStream(int p0, InputStream p1, long p2) { throw HostileDriver.refused("setAsciiStream"); }
    @Override public void setAsciiStream(int p0, InputStream p1) { throw HostileDriver.refused("setAsciiStream"); }
    @Override public void setBigDecimal(int p0, BigDecimal p1) { throw HostileDriver.refused("setBigDecimal"); }
    @Override public void setBinaryStream(int p0, InputStream p1, int p2) { throw HostileDriver.refused("setBinaryStream"); }
    @Override public void setBinaryStream(int p0, InputStream p1, long p2) { throw HostileDriver.refused("setBinaryStream"); }
    @Override public void setBinaryStream(int p0, InputStream p1) { throw HostileDriver.refused("setBinaryStream"); }
    @Override public void setBlob(int p0, InputStream p1, long p2) { throw HostileDriver.refused("setBlob"); }
    @Override public void setBlob(int p0, InputStream p1) { throw HostileDriver.refused("setBlob"); }
    @Override public void setBlob(int p0, Blob p1) { throw HostileDriver.refused("setBlob"); }
    @Override public void setBoolean(int p0, boolean p1) { throw HostileDriver.refused("setBoolean"); }
    @Override public void setByte(int p0, byte p1) { throw HostileDriver.refused("setByte"); }
    @Override public void setBytes(int p0, byte[] p1) { throw HostileDriver.refused("setBytes"); }
    @Override public void setCharacterStream(int p0, Reader p1, int p2) { throw HostileDriver.refused("setCharacterStream"); }
    @Override public void setCharacterStream(int p0, Reader p1, long p2) { throw HostileDriver.refused("setCharacterStream"); }
    @Override public void setCharacterStream(int p0, Reader p1) { throw HostileDriver.refused("setCharacterStream"); }
    @Override public void setClob(int p0, Reader p1, long p2) { throw HostileDriver.refused("setClob"); }
    @Override public void setClob(int p0, Reader p1) { throw HostileDriver.refused("setClob"); }
    @Override public void setClob(int p0, Clob p1) { throw HostileDriver.refused("setClob"); }
    @Override public void setCursorName(String p0) { throw HostileDriver.refused("setCursorName"); }
    @Override public void setDate(int p0, Date p1, Calendar p2) { throw HostileDriver.refused("setDate"); }
    @Override public void setDate(int p0, Date p1) { throw HostileDriver.refused("setDate"); }
    @Override public void setDouble(int p0, double p1) { throw HostileDriver.refused("setDouble"); }
    @Override public void setEscapeProcessing(boolean p0) { throw HostileDriver.refused("setEscapeProcessing"); }
    @Override public void setFetchDirection(int p0) { throw HostileDriver.refused("setFetchDirection"); }
    @Override public void setFetchSize(int p0) { throw HostileDriver.refused("setFetchSize"); }
    @Override public void setFloat(int p0, float p1) { throw HostileDriver.refused("setFloat"); }
    @Override public void setInt(int p0, int p1) { throw HostileDriver.refused("setInt"); }
    @Override public void setLong(int p0, long p1) { throw HostileDriver.refused("setLong"); }
    @Override public void setMaxFieldSize(int p0) { throw HostileDriver.refused("setMaxFieldSize"); }
    @Override public void setMaxRows(int p0) { throw HostileDriver.refused("setMaxRows"); }
    @Override public void setNCharacterStream(int p0, Reader p1, long p2) { throw HostileDriver.refused("setNCharacterStream"); }
    @Override public void setNCharacterStream(int p0, Reader p1) { throw HostileDriver.refused("setNCharacterStream"); }
    @Override public void setNClob(int p0, Reader p1, long p2) { throw HostileDriver.refused("setNClob"); }
    @Override public void setNClob(int p0, Reader p1) { throw HostileDriver.refused("setNClob"); }
    @Override public void setNClob(int p0, NClob p1) { throw HostileDriver.refused("setNClob"); }
    @Override public void setNString(int p0, String p1) { throw HostileDriver.refused("setNString"); }
    @Override public void setNull(int p0, int p1, String p2) { throw HostileDriver.refused("setNull"); }
    @Override public void setNull(int p0, int p1) { throw HostileDriver.refused("setNull"); }
    @Override public void setObject(int p0, Object p1, int p2, int p3) { throw HostileDriver.refused("setObject"); }
    @Override public void setObject(int p0, Object p1, int p2) { throw HostileDriver.refused("setObject"); }
    @Override public void setObject(int p0, Object p1) { throw HostileDriver.refused("setObject"); }
    @Override public void setPoolable(boolean p0) { throw HostileDriver.refused("setPoolable"); }
    @Override public void setQueryTimeout(int p0) { throw HostileDriver.refused("setQueryTimeout"); }
    @Override public void setRef(int p0, Ref p1) { throw HostileDriver.refused("setRef"); }
    @Override public void setRowId(int p0, RowId p1) { throw HostileDriver.refused("setRowId"); }
    @Override public void setSQLXML(int p0, SQLXML p1) { throw HostileDriver.refused("setSQLXML"); }
    @Override public void setShort(int p0, short p1) { throw HostileDriver.refused("setShort"); }
    @Override public void setString(int p0, String p1) { throw HostileDriver.refused("setString"); }
    @Override public void setTime(int p0, Time p1, Calendar p2) { throw HostileDriver.refused("setTime"); }
    @Override public void setTime(int p0, Time p1) { throw HostileDriver.refused("setTime"); }
    @Override public void setTimestamp(int p0, Timestamp p1, Calendar p2) { throw HostileDriver.refused("setTimestamp"); }
    @Override public void setTimestamp(int p0, Timestamp p1) { throw HostileDriver.refused("setTimestamp"); }
    @Override public void setURL(int p0, URL p1) { throw HostileDriver.refused("setURL"); }
    @Override public void setUnicodeStream(int p0, InputStream p1, int p2) { throw HostileDriver.refused("setUnicodeStream"); }
    @Override public <T> T unwrap(Class<T> type) { throw HostileDriver.refused("unwrap"); }
    @Override public boolean equals(Object other) { throw HostileDriver.refused("equals"); }
    @Override public int hashCode() { throw HostileDriver.refused("hashCode"); }
    @Override public String toString() { throw HostileDriver.refused("toString"); }
}
