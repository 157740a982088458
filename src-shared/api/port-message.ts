/** Name of the message that brings the page of the desktop window its port. */
export const PORT_MESSAGE = 'studio-port'
